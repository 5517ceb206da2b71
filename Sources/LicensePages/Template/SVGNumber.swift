import Glibc

/// Numbers and lengths of SVG attributes.
enum SVGNumber {
    /// Units that a length may have, in pixels of 1/96 inch.
    private static let units: [(String, Double)] = [
        ("px", 1), ("pt", 96.0 / 72), ("pc", 16), ("mm", 96 / 25.4), ("cm", 96 / 2.54), ("in", 96), ("", 1),
    ]

    /// A finite decimal with at most 30 characters.
    static func plain(_ text: some StringProtocol) -> Double? {
        let trimmed = SVGStyle.trimmed(text)
        guard trimmed.utf8.count <= 30, trimmed.utf8.allSatisfy({ isNumberByte($0) }), let value = Double(trimmed),
            value.isFinite, abs(value) < 1e6
        else { return nil }
        return value
    }

    private static func isNumberByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    /// A length in pixels; `nil` for percentages and font-relative units.
    static func length(_ text: String) -> Double? {
        let trimmed = SVGStyle.trimmed(text)
        for (unit, pixels) in units where trimmed.hasSuffix(unit) {
            return plain(trimmed.dropLast(unit.count)).map { $0 * pixels }
        }
        return nil
    }

    /// Numbers separated by white space or commas; at most 16.
    static func list(_ text: some StringProtocol) -> [Double]? {
        let parts = text.split { $0 == "," || $0.isWhitespace }
        let numbers = parts.prefix(17).compactMap { plain($0) }
        return numbers.count == parts.count && numbers.count <= 16 ? numbers : nil
    }
}

/// Sine and cosine that are exact at right angles, so that the page's numbers stay short.
func sine(_ angle: Double) -> Double { clean(sin(angle)) }
func cosine(_ angle: Double) -> Double { clean(cos(angle)) }

private func clean(_ value: Double) -> Double {
    let rounded = value.rounded()
    return abs(value - rounded) < 1e-12 ? rounded : value
}
