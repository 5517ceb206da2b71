/// Base 64 in both alphabets of RFC 4648, read strictly: canonical padding bits, no white space, nothing ignored.
package enum Base64 {
    private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let url = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let standardValues = values(standard)
    private static let urlValues = values(url)

    /// With padding (RFC 4648 §4).
    package static func encode(_ bytes: [UInt8]) -> String {
        encode(bytes, standard, padded: true)
    }

    /// URL alphabet without padding (RFC 7515 §2).
    package static func encodeURL(_ bytes: [UInt8]) -> String {
        encode(bytes, url, padded: false)
    }

    /// Reads padded base 64.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let characters = Array(text.utf8)
        guard characters.count % 4 == 0 else { return nil }
        let padding = characters.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        return decode(characters.dropLast(padding), standardValues)
    }

    /// Reads the URL alphabet without padding.
    package static func decodeURL(_ text: some StringProtocol) -> [UInt8]? {
        decode(Array(text.utf8)[...], urlValues)
    }

    private static func values(_ alphabet: [UInt8]) -> [UInt8] {
        var table = [UInt8](repeating: 0xFF, count: 256)
        for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
        return table
    }

    private static func encode(_ bytes: [UInt8], _ alphabet: [UInt8], padded: Bool) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let left = bytes.count - index
            let word =
                UInt32(bytes[index]) << 16 | (left > 1 ? UInt32(bytes[index + 1]) << 8 : 0)
                | (left > 2 ? UInt32(bytes[index + 2]) : 0)
            text.append(alphabet[Int(word >> 18 & 63)])
            text.append(alphabet[Int(word >> 12 & 63)])
            if left > 1 { text.append(alphabet[Int(word >> 6 & 63)]) } else if padded { text.append(0x3D) }
            if left > 2 { text.append(alphabet[Int(word & 63)]) } else if padded { text.append(0x3D) }
            index += 3
        }
        return String(decoding: text, as: UTF8.self)
    }

    private static func decode(_ characters: ArraySlice<UInt8>, _ table: [UInt8]) -> [UInt8]? {
        guard characters.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count * 3 / 4)
        var word: UInt32 = 0
        var bits = 0
        for character in characters {
            let value = table[Int(character)]
            guard value != 0xFF else { return nil }
            word = (word << 6 | UInt32(value)) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(bits)))
            }
        }
        // Bits left over must be zero, or two texts would name the same bytes.
        guard word & ((1 << UInt32(bits)) - 1) == 0 else { return nil }
        return bytes
    }
}
