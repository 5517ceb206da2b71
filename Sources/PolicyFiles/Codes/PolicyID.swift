/// Ids of departments and license types; they are names of files and folders.
enum PolicyID {
    static let rule = "lower-case letters, digits and single hyphens, beginning with a letter, at most 64"

    static func isValid(_ id: String) -> Bool {
        guard let first = id.utf8.first, (0x61...0x7A).contains(first), id.utf8.count <= 64 else { return false }
        return id.split(separator: "-", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        }
    }

    /// The nearest id that is one: `Market_Regulation` → `market-regulation`.
    static func corrected(_ name: String) -> String? {
        let parts = name.lowercased().utf8.split { !$0.isASCIIAlphanumeric }
        let id = parts.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
        return isValid(id) ? id : nil
    }

    /// `nil` when `name` is an id.
    static func problem(_ name: String) -> String? {
        guard !isValid(name) else { return nil }
        let example = corrected(name).map { ", for example `\($0)`" } ?? ""
        return "`\(name.shortened)` is no id: use \(rule)\(example)"
    }
}

extension Reader where Output == String {
    static func id(_ expectation: String) -> Reader {
        scalar(expectation) { text, _ throws(Misreading) in
            if let problem = PolicyID.problem(text) { throw Misreading(problem) }
            return text
        }
    }
}
