/// A start tag, or an end tag, whose name then begins with a slash.
struct HTMLTag {
    let name: String
    /// Values with their character references read.
    private(set) var attributes: [String: String] = [:]

    subscript(attribute: String) -> String? { attributes[attribute] }

    /// Every tag of a page in order.
    static func all(in page: String) -> [HTMLTag] {
        var rest = Array(page.utf8)[...]
        var tags: [HTMLTag] = []
        while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[rest.index(after: start)...]
            var reader = TagReader(rest: rest)
            if let tag = reader.tag() { tags.append(tag) }
            rest = reader.rest
        }
        return tags
    }

    fileprivate init(name: String, attributes: [String: String]) {
        (self.name, self.attributes) = (name, attributes)
    }
}

/// Reads one tag; quotes may hold what would end it.
private struct TagReader {
    var rest: ArraySlice<UInt8>

    mutating func tag() -> HTMLTag? {
        let name = word()
        guard !name.isEmpty else { return nil }
        var attributes: [String: String] = [:]
        while let next = rest.first, next != UInt8(ascii: ">") {
            let attribute = word()
            guard !attribute.isEmpty else {
                rest = rest.dropFirst()
                continue
            }
            guard rest.first == UInt8(ascii: "=") else {
                attributes[attribute] = ""
                continue
            }
            rest = rest.dropFirst()
            attributes[attribute] = value()
        }
        rest = rest.dropFirst()
        return HTMLTag(name: name, attributes: attributes)
    }

    private mutating func word() -> String {
        let ends = Array(" \n\t=>\"'".utf8)
        let word = rest.prefix { !ends.contains($0) }
        rest = rest[word.endIndex...]
        return String(decoding: word, as: UTF8.self).lowercased()
    }

    private mutating func value() -> String {
        guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return word() }
        let text = rest.dropFirst().prefix { $0 != quote }
        rest = rest[text.endIndex...].dropFirst()
        return TagReader.unescaped(String(decoding: text, as: UTF8.self))
    }

    private static func unescaped(_ text: String) -> String {
        guard text.contains("&") else { return text }
        var text = text
        for (reference, character) in [
            ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&#x27;", "'"),
            ("&#x2F;", "/"), ("&#61;", "="), ("&#96;", "`"), ("&amp;", "&"),
        ] {
            text = text.replacing(reference, with: character)
        }
        return text
    }
}
