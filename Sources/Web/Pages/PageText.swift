/// One text of a page in the languages that pages are written in; `{name}` stands for a value.
struct PageText: Hashable, Sendable {
    let zh: String
    let en: String

    init(_ zh: String, _ en: String) {
        (self.zh, self.en) = (zh, en)
    }

    subscript(words: PageLanguage.Words) -> String {
        switch words {
        case .zh: zh
        case .en: en
        }
    }

    /// The text with its values put in, in one pass: a value that looks like a place stays as it is. Unknown places stay.
    func filled(_ words: PageLanguage.Words, _ values: [String: String]) -> String {
        var text = ""
        var rest = self[words][...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            text += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            text += values[name] ?? "{\(name)}"
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }
}
