/// Reads one value of a policy file. What is wrong is reported, `nil` comes back, and the caller reads on.
struct Reader<Output> {
    /// What would be right: `a whole number from 1 to 100`. Stands in every message about a missing or foreign value.
    let expectation: String
    let read: (YAMLValue, FileFaults) -> Output?

    init(_ expectation: String, read: @escaping (YAMLValue, FileFaults) -> Output?) {
        (self.expectation, self.read) = (expectation, read)
    }

    /// The value with its place.
    var placed: Reader<Placed<Output>> {
        Reader<Placed<Output>>(expectation) { value, faults in
            read(value, faults).map { Placed(value: $0, place: value.place) }
        }
    }

    /// A scalar, of whose text `parse` makes a value or says what is wrong.
    static func scalar(
        _ expectation: String, _ parse: @escaping (_ text: String, _ isQuoted: Bool) throws(Misreading) -> Output
    ) -> Reader {
        Reader(expectation) { value, faults in
            guard case .scalar(let text, let isQuoted) = value.content else {
                faults.report("expected \(expectation), found \(value.kind)", at: value.place)
                return nil
            }
            do throws(Misreading) {
                return try parse(text, isQuoted)
            } catch {
                faults.report(error.problem ?? "expected \(expectation), found `\(text.shortened)`", at: value.place)
                return nil
            }
        }
    }
}

/// Why a scalar is not what was expected.
struct Misreading: Error {
    /// `nil`: only that something else was expected.
    let problem: String?

    init(_ problem: String? = nil) {
        self.problem = problem
    }
}
