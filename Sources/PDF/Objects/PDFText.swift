/// Text strings (ISO 32000-2 §7.9.2.2): PDFDocEncoding, UTF-16BE or UTF-8, told apart by a byte order mark.
package enum PDFText {
    /// ASCII as it is, anything else as UTF-16BE with its mark.
    package static func encode(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        if bytes.allSatisfy({ (0x20...0x7E).contains($0) }) { return bytes }
        return [0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    }

    /// Unpaired surrogates and invalid UTF-8 become U+FFFD.
    package static func decode(_ bytes: [UInt8]) -> String {
        if bytes.starts(with: [0xFE, 0xFF]) { return decodeUTF16(bytes.dropFirst(2)) }
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return String(decoding: bytes.dropFirst(3), as: UTF8.self) }
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(scalar(byte)) }
        return String(text)
    }

    /// Big-endian code units without a mark, as ToUnicode maps hold them; a last odd byte is dropped.
    static func decodeUTF16(_ bytes: ArraySlice<UInt8>) -> String {
        var units: [UInt16] = []
        var high: UInt8?
        for byte in bytes {
            if let first = high {
                units.append(UInt16(first) << 8 | UInt16(byte))
                high = nil
            } else {
                high = byte
            }
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// PDFDocEncoding (ISO 32000-2 annex D.2).
    private static func scalar(_ byte: UInt8) -> Unicode.Scalar {
        switch byte {
        case 0x18...0x1F: low[Int(byte - 0x18)]
        case 0x80...0xA0: middle[Int(byte - 0x80)]
        default: Unicode.Scalar(byte)
        }
    }

    private static let low: [Unicode.Scalar] = [
        "\u{2D8}", "\u{2C7}", "\u{2C6}", "\u{2D9}", "\u{2DD}", "\u{2DB}", "\u{2DA}", "\u{2DC}",
    ]
    private static let middle: [Unicode.Scalar] = [
        "\u{2022}", "\u{2020}", "\u{2021}", "\u{2026}", "\u{2014}", "\u{2013}", "\u{192}", "\u{2044}", "\u{2039}",
        "\u{203A}", "\u{2212}", "\u{2030}", "\u{201E}", "\u{201C}", "\u{201D}", "\u{2018}", "\u{2019}", "\u{201A}",
        "\u{2122}", "\u{FB01}", "\u{FB02}", "\u{141}", "\u{152}", "\u{160}", "\u{178}", "\u{17D}", "\u{131}",
        "\u{142}", "\u{153}", "\u{161}", "\u{17E}", "\u{FFFD}", "\u{20AC}",
    ]
}
