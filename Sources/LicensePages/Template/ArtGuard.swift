/// Refuses art that runs, or that needs anything outside of its own file.
enum ArtGuard {
    private static let refused: Set<Substring> = [
        "script", "foreignObject", "iframe", "object", "embed", "audio", "video", "handler", "listener", "set",
        "animate",
        "animateTransform", "animateMotion", "animateColor", "include",
    ]

    /// Checks one element without its children.
    static func check(_ element: XMLElement) throws(XMLFault) {
        guard !refused.contains(element.localName) else {
            throw XMLFault(
                offset: element.range.lowerBound,
                problem: "<\(element.name)> is not allowed: a page is fixed art and fields, nothing that runs or embeds"
            )
        }
        for attribute in element.attributes { try check(attribute) }
        if element.localName == "style" { try checkStyle(element.text, at: element.range.lowerBound) }
        try checkFamily(element)
    }

    private static func check(_ attribute: XMLElement.Attribute) throws(XMLFault) {
        if attribute.name.lowercased().hasPrefix("on") {
            throw XMLFault(offset: attribute.offset, problem: "\(attribute.name) is script; remove it")
        }
        if XMLElement.localName(attribute.name) == "href", !isInside(attribute.value) {
            throw XMLFault(
                offset: attribute.offset,
                problem:
                    "\"\(attribute.value.prefix(60))\" lies outside of the file; embed it (data:image/png or jpeg) or draw it"
            )
        }
        try checkStyle(attribute.value, at: attribute.offset)
    }

    private static func isInside(_ reference: String) -> Bool {
        reference.isEmpty || reference.hasPrefix("#") || reference.hasPrefix("data:image/png;base64,")
            || reference.hasPrefix("data:image/jpeg;base64,")
    }

    /// `url(…)` may only point into the file.
    private static func checkStyle(_ text: String, at offset: Int) throws(XMLFault) {
        // Most values are coordinates.
        guard text.utf8.contains(UInt8(ascii: "(")) || text.utf8.contains(UInt8(ascii: "@")) else { return }
        let text = text.lowercased().filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
        let targets = text.components(after: "url(")
        guard !text.contains("@import"), !text.contains("\\"), targets.allSatisfy({ $0.hasPrefix("#") }) else {
            throw XMLFault(offset: offset, problem: "a style that points outside of the file; use url(#id) only")
        }
    }

    /// Another font would be replaced without a word by whatever the machine has.
    private static func checkFamily(_ element: XMLElement) throws(XMLFault) {
        let style = SVGStyle().inside(element)
        guard let family = style["font-family"], FaceStyle(family: family, weight: "normal") == nil else { return }
        let place = element.attribute("font-family") ?? element.attribute("style")
        throw XMLFault(
            offset: place?.offset ?? element.range.lowerBound,
            problem: "no font \"\(family)\" here; use Noto Serif CJK SC, Noto Sans CJK SC, serif or sans-serif")
    }
}

extension String {
    /// What follows each occurrence of `mark`.
    fileprivate func components(after mark: String) -> [Substring] {
        var found: [Substring] = []
        var rest = self[...]
        while let place = rest.firstRange(of: mark) {
            rest = rest[place.upperBound...]
            found.append(rest)
        }
        return found
    }
}
