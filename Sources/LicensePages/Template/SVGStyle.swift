import Primitives

/// The inherited properties that matter for a field's text, from presentation attributes and `style` (SVG 1.1 §6).
struct SVGStyle {
    private static let properties: Set<String> = [
        "font-family", "font-weight", "font-size", "fill", "text-anchor", "letter-spacing", "line-height",
    ]

    private(set) var values: [String: String] = [:]

    subscript(property: String) -> String? { values[property] }

    /// The style inside `element`; its `style` attribute wins over its presentation attributes.
    func inside(_ element: XMLElement) -> SVGStyle {
        var style = self
        for attribute in element.attributes where SVGStyle.properties.contains(attribute.name) {
            style.set(attribute.name, attribute.value)
        }
        for declaration in (element["style"] ?? "").split(separator: ";") {
            guard let colon = declaration.firstIndex(of: ":") else { continue }
            let name = SVGStyle.trimmed(declaration[..<colon])
            guard SVGStyle.properties.contains(name) else { continue }
            style.set(name, SVGStyle.trimmed(declaration[declaration.index(after: colon)...]))
        }
        return style
    }

    private mutating func set(_ name: String, _ value: String) {
        if value != "inherit" { values[name] = value }
    }

    static func trimmed(_ text: some StringProtocol) -> String {
        let start = text.firstIndex { !$0.isWhitespace } ?? text.endIndex
        let end = text.lastIndex { !$0.isWhitespace }.map { text.index(after: $0) } ?? start
        return String(text[start..<end])
    }
}

/// An RGB colour, components 0 to 1.
struct SVGColor: Hashable {
    let red: Double
    let green: Double
    let blue: Double

    static let black = SVGColor(red: 0, green: 0, blue: 0)

    /// `#rgb`, `#rrggbb`, `rgb(r, g, b)` or one of a few names; `nil` for anything else.
    init?(_ text: String) {
        let names = [
            "black": "#000000", "white": "#ffffff", "red": "#ff0000", "navy": "#000080", "gray": "#808080",
            "maroon": "#800000",
        ]
        let text = names[text.lowercased()] ?? text.lowercased()
        let components: [Double]
        if text.hasPrefix("#") {
            var digits = text.dropFirst().utf8.map { Hexadecimal.value($0) }
            if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
            let values = digits.compactMap { $0 }
            guard digits.count == 6, values.count == 6 else { return nil }
            components = stride(from: 0, to: 6, by: 2).map { Double(values[$0] << 4 | values[$0 + 1]) }
        } else if text.hasPrefix("rgb("), text.hasSuffix(")"),
            let numbers = SVGNumber.list(text.dropFirst(4).dropLast())
        {
            components = numbers
        } else {
            return nil
        }
        guard components.count == 3, components.allSatisfy({ (0...255).contains($0) }) else { return nil }
        self.init(red: components[0] / 255, green: components[1] / 255, blue: components[2] / 255)
    }

    init(red: Double, green: Double, blue: Double) {
        (self.red, self.green, self.blue) = (red, green, blue)
    }
}
