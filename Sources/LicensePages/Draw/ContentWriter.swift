/// Writes a content stream (ISO 32000-2 §7.8.2). The same calls give the same bytes.
struct ContentWriter {
    private(set) var bytes: [UInt8] = []

    mutating func line(_ text: String) {
        bytes += text.utf8
        bytes.append(0x0A)
    }

    /// A decimal with at most `places` places and no superfluous zeros.
    static func text(_ value: Double, places: Int = 3) -> String {
        var factor = 1.0
        for _ in 0..<places { factor *= 10 }
        // Values come from checked templates and fonts; guard and clamp keep the conversion from trapping.
        guard value.isFinite else { return "0" }
        let scaled = Int(min(max((value * factor).rounded(), -1e15), 1e15))
        let (whole, fraction) = scaled.magnitude.quotientAndRemainder(dividingBy: UInt(factor))
        var digits = Array(String(fraction).utf8)
        digits = [UInt8](repeating: 0x30, count: max(0, places - digits.count)) + digits
        while digits.last == 0x30 { digits.removeLast() }
        let sign = scaled < 0 ? "-" : ""
        return digits.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(String(decoding: digits, as: UTF8.self))"
    }

    static func text(_ matrix: SVGMatrix) -> String {
        let scale = [matrix.a, matrix.b, matrix.c, matrix.d].map { text($0, places: 6) }
        return (scale + [text(matrix.e), text(matrix.f)]).joined(separator: " ")
    }

    static func text(_ color: SVGColor) -> String {
        [color.red, color.green, color.blue].map { text($0) }.joined(separator: " ")
    }

    /// A name object's or string's bytes as a hexadecimal string.
    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        var text: [UInt8] = [UInt8(ascii: "<")]
        for byte in bytes {
            text.append(digit(byte >> 4))
            text.append(digit(byte & 15))
        }
        text.append(UInt8(ascii: ">"))
        return String(decoding: text, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x37 + value }
}
