/// Why bytes are not deterministic CBOR.
package struct CBORFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String
    /// Byte offset from 0.
    package let offset: Int

    package var description: String { "\(reason) at byte \(offset)" }
}

/// A strict reader of deterministic CBOR (RFC 8949 §4.2.1): what it accepts encodes back to the same bytes.
package struct CBORReader {
    private let bytes: [UInt8]
    private var index = 0
    private let maximumDepth: Int

    /// Reads all of `bytes` as one data item nested at most `maximumDepth` deep.
    package static func read(_ bytes: [UInt8], maximumDepth: Int = 16) throws(CBORFault) -> CBOR {
        var reader = CBORReader(bytes: bytes, maximumDepth: maximumDepth)
        let item = try reader.item(depth: 0)
        guard reader.index == bytes.count else { throw reader.fault("bytes after the end of the item") }
        return item
    }

    private init(bytes: [UInt8], maximumDepth: Int) {
        self.bytes = bytes
        self.maximumDepth = maximumDepth
    }

    private func fault(_ reason: String) -> CBORFault { CBORFault(reason: reason, offset: index) }

    private mutating func item(depth: Int) throws(CBORFault) -> CBOR {
        guard depth <= maximumDepth else { throw fault("nested more than \(maximumDepth) deep") }
        let first = try take(1)
        let (majorType, detail) = (first >> 5, UInt8(first & 31))
        if majorType == 7 { return try simpleOrFloat(detail) }
        let argument = try argument(detail)
        switch majorType {
        case 0: return .unsigned(argument)
        case 1: return .negative(argument)
        case 2: return .bytes(Array(try string(argument)))
        case 3:
            guard let text = String(validating: try string(argument), as: UTF8.self) else {
                throw fault("text that is not UTF-8")
            }
            return .text(text)
        case 4: return .array(try array(argument, depth: depth))
        case 5: return .map(try map(argument, depth: depth))
        default: return .tagged(argument, try item(depth: depth + 1))
        }
    }

    /// The next `count` bytes, at most 8, as a number.
    private mutating func take(_ count: Int) throws(CBORFault) -> UInt64 {
        guard count <= bytes.count - index else { throw fault("the item ends too early") }
        defer { index += count }
        return bytes[index..<index + count].reduce(0) { $0 << 8 | UInt64($1) }
    }

    private mutating func argument(_ detail: UInt8) throws(CBORFault) -> UInt64 {
        switch detail {
        case ..<24: return UInt64(detail)
        case 24...27:
            let value = try take(1 << Int(detail - 24))
            let shortest: [UInt64] = [24, 0x100, 0x1_0000, 0x1_0000_0000]
            guard value >= shortest[Int(detail - 24)] else { throw fault("a number longer than it need be") }
            return value
        case 31: throw fault("an indefinite length")
        default: throw fault("a reserved initial byte")
        }
    }

    private mutating func string(_ count: UInt64) throws(CBORFault) -> ArraySlice<UInt8> {
        guard count <= UInt64(bytes.count - index) else { throw fault("the item ends too early") }
        defer { index += Int(count) }
        return bytes[index..<index + Int(count)]
    }

    /// Every item takes a byte at least, so a count beyond the rest is refused before anything is made.
    private func checkedCount(_ count: UInt64) throws(CBORFault) -> Int {
        guard count <= UInt64(bytes.count - index) else { throw fault("the item ends too early") }
        return Int(count)
    }

    private mutating func array(_ count: UInt64, depth: Int) throws(CBORFault) -> [CBOR] {
        var items: [CBOR] = []
        for _ in 0..<(try checkedCount(count)) { items.append(try item(depth: depth + 1)) }
        return items
    }

    private mutating func map(_ count: UInt64, depth: Int) throws(CBORFault) -> CBORMap {
        var map = CBORMap()
        var previous: ArraySlice<UInt8> = []
        for _ in 0..<(try checkedCount(count)) {
            let start = index
            let key = try item(depth: depth + 1)
            let encoded = bytes[start..<index]
            // Sorted and different at once: a key that stands twice does not come after itself.
            guard previous.lexicographicallyPrecedes(encoded) else { throw fault("keys twice or out of order") }
            previous = encoded
            // 0.0 and −0.0 are written differently, but are one number.
            guard map[key] == nil else { throw fault("keys that are one number") }
            map[key] = try item(depth: depth + 1)
        }
        return map
    }

    private mutating func simpleOrFloat(_ detail: UInt8) throws(CBORFault) -> CBOR {
        switch detail {
        case 20: return .bool(false)
        case 21: return .bool(true)
        case 22: return .null
        case 23: return .undefined
        case ..<20: return .simple(detail)
        case 24:
            let value = UInt8(truncatingIfNeeded: try take(1))
            guard value >= 32 else { throw fault("a simple value longer than it need be") }
            return .simple(value)
        case 25...27: return .float(try float(width: 1 << Int(detail - 24)))
        case 31: throw fault("a break without its beginning")
        default: throw fault("a reserved initial byte")
        }
    }

    private mutating func float(width: Int) throws(CBORFault) -> Double {
        let start = index - 1
        let pattern = try take(width)
        let value =
            switch width {
            case 2: Double(Float16(bitPattern: UInt16(truncatingIfNeeded: pattern)))
            case 4: Double(Float(bitPattern: UInt32(truncatingIfNeeded: pattern)))
            default: Double(bitPattern: pattern)
            }
        guard CBOR.float(value).encoded == Array(bytes[start..<index]) else {
            throw fault("a floating-point number longer than it need be")
        }
        return value
    }
}
