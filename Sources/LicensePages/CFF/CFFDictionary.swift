/// A DICT of a CFF font (Adobe Technical Note 5176 §4): operands by operator.
struct CFFDictionary {
    /// Operators of two bytes are 1200 plus the second.
    enum Key {
        static let fontBBox = 5
        static let charset = 15
        static let charStrings = 17
        static let privateDictionary = 18
        static let subroutines = 19
        static let defaultWidth = 20
        static let nominalWidth = 21
        static let fontMatrix = 1207
        static let registryOrderingSupplement = 1230
        static let fontDictionaries = 1236
        static let fontSelect = 1237
    }

    private struct Entry {
        var numbers: [Double] = []
        /// The operands as they are encoded.
        var encoded: [UInt8] = []
    }

    private var entries: [Int: Entry] = [:]

    init(_ bytes: [UInt8]) throws(FontFault) {
        var rest = bytes[...]
        var entry = Entry()
        while let first = rest.first {
            if first <= 21 {
                let isEscape = first == 12 && rest.count > 1
                let key = isEscape ? 1200 + Int(rest[rest.startIndex + 1]) : Int(first)
                rest = rest.dropFirst(isEscape ? 2 : 1)
                entries[key] = entry
                entry = Entry()
            } else {
                let (value, length) = try CFFDictionary.operand(rest)
                entry.numbers.append(value)
                entry.encoded += rest.prefix(length)
                rest = rest.dropFirst(length)
                guard entry.numbers.count <= 513 else { throw FontFault("operands of a dictionary") }
            }
        }
    }

    func contains(_ key: Int) -> Bool { entries[key] != nil }

    func numbers(_ key: Int) -> [Double] { entries[key]?.numbers ?? [] }

    /// The operands of `key` as they are encoded; empty when it is not there.
    func encoded(_ key: Int) -> [UInt8] { entries[key]?.encoded ?? [] }

    func integer(_ key: Int, at index: Int = 0) -> Int? {
        guard let numbers = entries[key]?.numbers, numbers.indices.contains(index) else { return nil }
        return Int(exactly: numbers[index])
    }

    private static func operand(_ bytes: ArraySlice<UInt8>) throws(FontFault) -> (Double, length: Int) {
        let part = Array(bytes.prefix(5))
        guard let first = part.first else { throw FontFault("dictionary ends too early") }
        let lengths: [UInt8: Int] = [28: 3, 29: 5]
        let length = lengths[first] ?? (first >= 247 ? 2 : 1)
        if first == 30 { return try real(bytes) }
        guard part.count >= length else { throw FontFault("dictionary ends too early") }
        switch first {
        case 28: return (Double(Int16(truncatingIfNeeded: Int(part[1]) << 8 | Int(part[2]))), 3)
        case 29:
            let bits = part[1...].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            return (Double(Int32(bitPattern: bits)), 5)
        case 32...246: return (Double(Int(first) - 139), 1)
        case 247...250: return (Double((Int(first) - 247) * 256 + Int(part[1]) + 108), 2)
        case 251...254: return (Double(-(Int(first) - 251) * 256 - Int(part[1]) - 108), 2)
        default: throw FontFault("operand of a dictionary")
        }
    }

    /// A real number in packed decimal digits.
    private static func real(_ bytes: ArraySlice<UInt8>) throws(FontFault) -> (Double, length: Int) {
        let words = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "E", "E-", "", "-"]
        var text = ""
        for (index, byte) in bytes.dropFirst().prefix(20).enumerated() {
            for digit in [Int(byte >> 4), Int(byte & 15)] {
                guard digit < 15 else {
                    guard let value = Double(text) else { throw FontFault("real number") }
                    return (value, index + 2)
                }
                text += words[digit]
            }
        }
        throw FontFault("real number")
    }
}
