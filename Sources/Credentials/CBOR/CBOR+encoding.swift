extension CBOR {
    /// The one deterministic encoding (RFC 8949 §4.2.1): shortest heads and floats, definite lengths, sorted keys.
    package var encoded: [UInt8] {
        switch self {
        case .unsigned(let value): return CBOR.head(0, value)
        case .negative(let value): return CBOR.head(1, value)
        case .bytes(let bytes): return CBOR.head(2, UInt64(bytes.count)) + bytes
        case .text(let text):
            let bytes = Array(text.utf8)
            return CBOR.head(3, UInt64(bytes.count)) + bytes
        case .array(let items): return CBOR.head(4, UInt64(items.count)) + items.flatMap(\.encoded)
        case .map(let map):
            return CBOR.head(5, UInt64(map.count)) + map.encodedPairs.flatMap { $0.key + $0.value }
        case .tagged(let tag, let item): return CBOR.head(6, tag) + item.encoded
        case .bool(let value): return [value ? 0xF5 : 0xF4]
        case .null: return [0xF6]
        case .undefined: return [0xF7]
        case .simple(let value): return value < 24 ? [0xE0 | value] : [0xF8, value]
        case .float(let value): return CBOR.encodedFloat(value)
        }
    }

    /// The initial byte with its argument in as few bytes as will do (§3).
    private static func head(_ majorType: UInt8, _ argument: UInt64) -> [UInt8] {
        let type = majorType << 5
        switch argument {
        case ..<24: return [type | UInt8(argument)]
        case ...0xFF: return [type | 24, UInt8(argument)]
        case ...0xFFFF: return [type | 25] + bigEndian(argument, 2)
        case ...0xFFFF_FFFF: return [type | 26] + bigEndian(argument, 4)
        default: return [type | 27] + bigEndian(argument, 8)
        }
    }

    private static func bigEndian(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }

    /// The shortest of the three widths that keeps the value; every NaN is the one of §4.2.2.
    private static func encodedFloat(_ value: Double) -> [UInt8] {
        if value.isNaN { return [0xF9, 0x7E, 0x00] }
        if let half = Float16(exactly: value) { return [0xF9] + bigEndian(UInt64(half.bitPattern), 2) }
        if let single = Float(exactly: value) { return [0xFA] + bigEndian(UInt64(single.bitPattern), 4) }
        return [0xFB] + bigEndian(value.bitPattern, 8)
    }
}
