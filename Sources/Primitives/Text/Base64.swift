/// Base 64 in both alphabets of RFC 4648, read strictly: canonical padding bits, no white space, nothing ignored.
package enum Base64 {
    private static let standard = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    private static let url = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
    private static let equals = UInt8(ascii: "=")
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

    /// As `encodeURL`, at the end of `text`.
    package static func appendURL(_ bytes: [UInt8], to text: inout [UInt8]) {
        append(bytes, url, padded: false, to: &text)
    }

    /// Reads padded base 64.
    package static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let characters = bytes(of: text)
        guard characters.count % 4 == 0 else { return nil }
        let padding = characters.suffix(2).reversed().prefix { $0 == equals }.count
        return decode(characters.dropLast(padding), standardValues)
    }

    /// Reads the URL alphabet without padding.
    package static func decodeURL(_ text: some StringProtocol) -> [UInt8]? {
        decode(bytes(of: text)[...], urlValues)
    }

    /// As text of the URL alphabet without padding.
    package static func decodeURL(_ characters: ArraySlice<UInt8>) -> [UInt8]? {
        decode(characters, urlValues)
    }

    /// At once where the text stands in memory as UTF-8; byte by byte, a long token takes ten times as long.
    private static func bytes(of text: some StringProtocol) -> [UInt8] {
        text.utf8.withContiguousStorageIfAvailable { unsafe Array($0) } ?? Array(text.utf8)
    }

    private static func values(_ alphabet: [UInt8]) -> [UInt8] {
        var table = [UInt8](repeating: 0xFF, count: 256)
        for (value, character) in alphabet.enumerated() { table[Int(character)] = UInt8(value) }
        return table
    }

    private static func encode(_ bytes: [UInt8], _ alphabet: [UInt8], padded: Bool) -> String {
        var text: [UInt8] = []
        append(bytes, alphabet, padded: padded, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    private static func append(_ bytes: [UInt8], _ alphabet: [UInt8], padded: Bool, to text: inout [UInt8]) {
        let whole = bytes.count / 3 * 3
        let character = { (word: UInt32, shift: UInt32) in alphabet[Int(word >> shift & 63)] }
        // Filled apart: to append each character by itself would look four times as often whether there is room.
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: whole / 3 * 4) { places in
            var place = 0
            for index in stride(from: 0, to: whole, by: 3) {
                let word = UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2])
                unsafe places[place] = character(word, 18)
                unsafe places[place + 1] = character(word, 12)
                unsafe places[place + 2] = character(word, 6)
                unsafe places[place + 3] = character(word, 0)
                place += 4
            }
            unsafe text.append(contentsOf: places)
        }
        guard whole < bytes.count else { return }
        let hasTwo = bytes.count - whole == 2
        let word = UInt32(bytes[whole]) << 16 | (hasTwo ? UInt32(bytes[whole + 1]) << 8 : 0)
        text.append(character(word, 18))
        text.append(character(word, 12))
        if hasTwo { text.append(character(word, 6)) }
        if padded { text.append(contentsOf: repeatElement(equals, count: hasTwo ? 1 : 2)) }
    }

    private static func decode(_ characters: ArraySlice<UInt8>, _ table: [UInt8]) -> [UInt8]? {
        guard characters.count % 4 != 1 else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(characters.count * 3 / 4)
        // Values are below 64, and 0xFF stands for what is none: looked at once, at the end.
        var all: UInt8 = 0
        func value(_ index: Int) -> UInt32 {
            let value = table[Int(characters[index])]
            all |= value
            return UInt32(value)
        }
        var index = characters.startIndex
        while characters.endIndex - index >= 4 {
            let word = value(index) << 18 | value(index + 1) << 12 | value(index + 2) << 6 | value(index + 3)
            bytes.append(UInt8(truncatingIfNeeded: word >> 16))
            bytes.append(UInt8(truncatingIfNeeded: word >> 8))
            bytes.append(UInt8(truncatingIfNeeded: word))
            index += 4
        }
        // Two or three characters may be left, for one byte or two; bits left over must be zero, or two texts would name the
        // same bytes.
        let left = characters.endIndex - index
        if left > 0 {
            let word = value(index) << 18 | value(index + 1) << 12 | (left == 3 ? value(index + 2) << 6 : 0)
            guard word & (left == 3 ? 0xFF : 0xFFFF) == 0 else { return nil }
            bytes.append(UInt8(truncatingIfNeeded: word >> 16))
            if left == 3 { bytes.append(UInt8(truncatingIfNeeded: word >> 8)) }
        }
        return all < 64 ? bytes : nil
    }
}
