import Foundation

/// Pairs of a form or a query in their order; a name may stand more than once, which is how some attacks begin.
struct Form: Sendable, Equatable, ExpressibleByDictionaryLiteral {
    struct Pair: Sendable, Equatable {
        let name: String
        var value: String
    }

    private(set) var pairs: [Pair]

    init(dictionaryLiteral elements: (String, String)...) {
        pairs = elements.map { Pair(name: $0, value: $1) }
    }

    init(_ pairs: KeyValuePairs<String, String>) {
        self.pairs = pairs.map { Pair(name: $0.key, value: $0.value) }
    }

    /// Reads `a=b&c=d`.
    init(query: some StringProtocol) {
        pairs = query.split(separator: "&").map { part in
            let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return Pair(name: Form.decoded(halves[0]), value: halves.count == 2 ? Form.decoded(halves[1]) : "")
        }
    }

    /// Reads the query of an address; empty without one.
    init(queryOf address: String) {
        let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        self.init(query: parts.count == 2 ? parts[1].prefix { $0 != "#" } : "")
    }

    /// The first value of a name; setting one replaces all, `nil` removes them.
    subscript(name: String) -> String? {
        get { pairs.first { $0.name == name }?.value }
        set {
            guard let newValue else { return pairs.removeAll { $0.name == name } }
            guard let index = pairs.firstIndex(where: { $0.name == name }) else {
                return pairs.append(Pair(name: name, value: newValue))
            }
            pairs[index].value = newValue
        }
    }

    func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

    /// With other values; `nil` takes a name out.
    func with(_ changes: [String: String?]) -> Form {
        var form = self
        for (name, value) in changes { form[name] = value }
        return form
    }

    /// With a pair more, whether or not the name is there.
    func adding(_ name: String, _ value: String) -> Form {
        var form = self
        form.pairs.append(Pair(name: name, value: value))
        return form
    }

    var reversed: Form {
        var form = self
        form.pairs.reverse()
        return form
    }

    var text: String { pairs.map { "\(Form.encoded($0.name))=\(Form.encoded($0.value))" }.joined(separator: "&") }

    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

    private static func decoded(_ text: some StringProtocol) -> String {
        let spaced = text.replacingOccurrences(of: "+", with: " ")
        return spaced.removingPercentEncoding ?? spaced
    }
}
