/// A SHA-256 value: always 32 bytes.
package struct Digest: Hashable, Sendable, CustomStringConvertible {
    /// The bytes as big-endian quarters: as an array they would be allocated and counted with every copy.
    package let quarters: SIMD4<UInt64>

    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        for index in 0..<4 { bytes += BigEndian.bytes(quarters[index]) }
        return bytes
    }

    /// `nil` unless there are 32 bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        let quarter = { (index: Int) in BigEndian.number(bytes[(index * 8)..<(index * 8 + 8)]) }
        quarters = SIMD4(quarter(0), quarter(1), quarter(2), quarter(3))
    }

    /// 64 lower-case hexadecimal digits.
    package var description: String { Hexadecimal.encode(bytes) }
}
