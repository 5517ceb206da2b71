/// The vocabulary in which a type says its own status codes (GB/T 36903; codes differ per type, so they are data).
enum StatusWord: String, CaseIterable {
    case valid, suspended, withdrawn, cancelled, expired, transferred, revoked, superseded, other
}

extension Reader where Output == [String: String] {
    /// `{valid: "01", revoked: "07"}`.
    static var statusCodes: Reader {
        let expectation = "status codes by word, for example `{valid: \"01\", revoked: \"07\"}`"
        return Reader(expectation) { value, faults in
            guard case .map(let entries) = value.content else {
                faults.report("expected \(expectation), found \(value.kind)", at: value.place)
                return nil
            }
            let words = StatusWord.allCases.map(\.rawValue)
            var codes: [String: String] = [:]
            for entry in entries {
                if !words.contains(entry.key) {
                    let hint = Suggestion.hint(for: entry.key, among: words)
                    faults.report("unknown status `\(entry.key.shortened)`: \(hint)", at: entry.place)
                }
                codes[entry.key] = Reader<String>.statusCode.read(entry.value, faults)
            }
            return codes
        }
    }
}

extension Reader where Output == String {
    /// Without quotes `01` is a number to YAML tools elsewhere; here the characters count as written.
    fileprivate static var statusCode: Reader {
        scalar("a status code like \"01\"") { text, _ throws(Misreading) in
            guard (1...8).contains(text.utf8.count), text.utf8.allSatisfy(\.isASCIIAlphanumeric) else {
                throw Misreading(
                    "`\(text.shortened)` is no status code: use 1 to 8 ASCII letters or digits, for example \"01\"")
            }
            return text
        }
    }
}
