/// The query or form of a request, read once at the edge: percent-decoded, in order.
package struct Parameters: Hashable, Sendable {
    /// Pairs in one request.
    package static let maximumCount = 64

    private let values: [String: [String]]
    /// Each once, in the order they came in; without those whose value was empty.
    package let names: [String]

    /// Empty values count as absent (RFC 6749 §3.1). `nil` for too many pairs.
    package init?(_ pairs: [(name: String, value: String)]) {
        guard pairs.count <= Parameters.maximumCount else { return nil }
        var values: [String: [String]] = [:]
        var names: [String] = []
        for (name, value) in pairs where !value.isEmpty {
            if values[name] == nil { names.append(name) }
            values[name, default: []].append(value)
        }
        (self.values, self.names) = (values, names)
    }

    /// The first value; whether it is the only one is the question of `repeated`.
    package subscript(name: String) -> String? { values[name]?.first }

    /// Every value, for parameters that may come more than once (`resource`, RFC 8707 §2).
    package func all(_ name: String) -> [String] { values[name] ?? [] }

    /// Names that came more than once though they must not (RFC 6749 §3.1); `except` may.
    package func repeated(except: Set<String> = []) -> [String] {
        names.filter { (values[$0]?.count ?? 0) > 1 && !except.contains($0) }
    }
}
