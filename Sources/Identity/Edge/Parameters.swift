/// The query or form of a request, read once at the edge: percent-decoded, in order.
package struct Parameters: Hashable, Sendable {
    /// Pairs in one request.
    package static let maximumCount = 64

    private struct Pair: Hashable {
        let name: String
        let value: String
    }

    /// As they came, without empty values; so few that reading through them beats a table.
    private let pairs: [Pair]

    /// Empty values count as absent (RFC 6749 §3.1). `nil` for too many pairs.
    package init?(_ pairs: [(name: String, value: String)]) {
        guard pairs.count <= Parameters.maximumCount else { return nil }
        self.pairs = pairs.filter { !$0.value.isEmpty }.map { Pair(name: $0.name, value: $0.value) }
    }

    /// The first value; whether it is the only one is the question of `repeated`.
    package subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    /// Every value, for parameters that may come more than once (`resource`, RFC 8707 §2).
    package func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// Names that came more than once though they must not (RFC 6749 §3.1); `except` may.
    package func repeated(except: Set<String> = []) -> [String] {
        var (once, repeated): ([String], [String]) = ([], [])
        for name in pairs.map(\.name) {
            if !once.contains(name) {
                once.append(name)
            } else if !except.contains(name), !repeated.contains(name) {
                repeated.append(name)
            }
        }
        return repeated
    }
}
