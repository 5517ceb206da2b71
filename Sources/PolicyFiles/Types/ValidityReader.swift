import Licensing

/// A validity with the place of the field's name, where it names one.
struct ReadValidity {
    let validity: Validity
    let place: Place
}

extension Reader where Output == ReadValidity {
    private static var expectationOfValidity: String {
        "`permanent` or one of `{years: n}`, `{months: n}`, `{days: n}`, `{until: <a required date field>}`"
    }

    static var validity: Reader {
        Reader(expectationOfValidity) { value, faults in
            if case .scalar(let word, _) = value.content {
                if word == "permanent" { return ReadValidity(validity: .permanent, place: value.place) }
                let hint = Suggestion.nearest(to: word, among: ["permanent"]).map { "did you mean `\($0)`?" }
                faults.report(
                    "unknown validity `\(word.shortened)`: \(hint ?? "expected \(expectationOfValidity)")",
                    at: value.place)
                return nil
            }
            return period(value, faults)
        }
    }

    private static func period(_ value: YAMLValue, _ faults: FileFaults) -> ReadValidity? {
        guard var map = MapReader(value, expectationOfValidity, faults) else { return nil }
        let years = map.optional("years", .integer(in: 1...100)).map { Validity.years($0) }
        let months = map.optional("months", .integer(in: 1...1200)).map { Validity.months($0) }
        let days = map.optional("days", .integer(in: 1...36_500)).map { Validity.days($0) }
        let until = map.optional("until", Reader<String>.text("the name of a date field", maximumLength: 64).placed)
        let keys = ["years", "months", "days", "until"].filter { map.entry($0) != nil }
        map.finish()
        if keys.count != 1 {
            let found = keys.isEmpty ? "nothing" : Suggestion.list(keys, "and")
            faults.report("expected \(expectationOfValidity), found \(found)", at: value.place)
        }
        let field = until.map { Validity.until(field: $0.value) }
        guard let validity = years ?? months ?? days ?? field else { return nil }
        return ReadValidity(validity: validity, place: until?.place ?? value.place)
    }
}
