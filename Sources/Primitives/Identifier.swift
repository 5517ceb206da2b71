/// A random 128-bit name for an `Owner`; carries no meaning, so it may stand in logs and audit leaves.
package struct Identifier<Owner>: Hashable, Sendable, CustomStringConvertible {
    // The bytes as numbers: as an array they would be allocated, and counted with every copy.
    private let high: UInt64
    private let low: UInt64

    /// Always 16 bytes.
    package var bytes: [UInt8] { BigEndian.bytes(high) + BigEndian.bytes(low) }

    package init(from randomness: any Randomness) {
        let bytes = randomness.bytes(16)
        (high, low) = (BigEndian.number(bytes.prefix(8)), BigEndian.number(bytes.dropFirst(8)))
    }

    /// `nil` unless there are 16 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        (high, low) = (BigEndian.number(bytes.prefix(8)), BigEndian.number(bytes.dropFirst(8)))
    }

    /// Reads 32 hexadecimal digits.
    package init?(_ text: String) {
        guard let bytes = Hexadecimal.decode(text) else { return nil }
        self.init(bytes: bytes)
    }

    /// 32 lower-case hexadecimal digits.
    package var description: String { Hexadecimal.encode(bytes) }
}
