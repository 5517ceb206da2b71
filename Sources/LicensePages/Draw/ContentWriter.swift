/// Writes a content stream (ISO 32000-2 §7.8.2). The same calls give the same bytes.
struct ContentWriter {
    private(set) var bytes: [UInt8] = []

    mutating func line(_ text: String) {
        bytes += Array(text.utf8)
        bytes.append(0x0A)
    }

    /// A decimal with at most `places` places and no superfluous zeros.
    static func text(_ value: Double, places: Int = 3) -> String {
        var factor = 1.0
        for _ in 0..<places { factor *= 10 }
        // Values come from checked templates and fonts; the clamp keeps the conversion from trapping.
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
        var text = "<"
        for byte in bytes {
            for digit in [byte >> 4, byte & 15] {
                text.unicodeScalars.append(Unicode.Scalar(digit < 10 ? 0x30 + digit : 0x37 + digit))
            }
        }
        return text + ">"
    }
}
