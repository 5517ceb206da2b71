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
        let (whole, left) = characters.count.quotientAndRemainder(dividingBy: 4)
        guard left != 1 else { return nil }
        // Values are below 64, and 0xFF stands for what is none: looked at once, at the end.
        var all: UInt8 = 0
        // Bits of the last group that no byte takes; they must be zero, or two texts would name the same bytes.
        var rest: UInt32 = 0
        let bytes = unsafe characters.withUnsafeBufferPointer { characters in
            unsafe [UInt8](unsafeUninitializedCapacity: whole * 3 + max(left - 1, 0)) { places, place in
                var index = 0
                /// The next characters as bits, of a group of four.
                func word(_ count: Int) -> UInt32 {
                    var word: UInt32 = 0
                    for shift in 0..<count {
                        let value = table[Int(unsafe characters[index + shift])]
                        all |= value
                        word |= UInt32(value) << UInt32(18 - 6 * shift)
                    }
                    index += count
                    return word
                }
                for _ in 0..<whole {
                    let word = word(4)
                    unsafe places[place] = UInt8(truncatingIfNeeded: word >> 16)
                    unsafe places[place + 1] = UInt8(truncatingIfNeeded: word >> 8)
                    unsafe places[place + 2] = UInt8(truncatingIfNeeded: word)
                    place += 3
                }
                guard left > 0 else { return }
                let word = word(left)
                rest = word & (left == 3 ? 0xFF : 0xFFFF)
                for shift in 1..<left {
                    unsafe places[place] = UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * shift))
                    place += 1
                }
            }
        }
        return all < 64 && rest == 0 ? bytes : nil
    }
}
