/// A SHA-256 value: always 32 bytes.
package struct Digest: Hashable, Sendable, CustomStringConvertible {
    // The bytes as numbers: as an array they would be allocated, and counted with every copy.
    private let first: UInt64
    private let second: UInt64
    private let third: UInt64
    private let fourth: UInt64

    package var bytes: [UInt8] { unsafe withUnsafeBytes(of: bigEndian) { unsafe Array($0) } }

    /// Appends the 32 bytes.
    package func append(to bytes: inout [UInt8]) {
        unsafe withUnsafeBytes(of: bigEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    private var bigEndian: (UInt64, UInt64, UInt64, UInt64) {
        (first.bigEndian, second.bigEndian, third.bigEndian, fourth.bigEndian)
    }

    /// `nil` unless there are 32 bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        (first, second) = (BigEndian.number(bytes[0..<8]), BigEndian.number(bytes[8..<16]))
        (third, fourth) = (BigEndian.number(bytes[16..<24]), BigEndian.number(bytes[24..<32]))
    }

    /// 64 lower-case hexadecimal digits.
    package var description: String { Hexadecimal.encode(bytes) }
}
