/// A random 128-bit name for an `Owner`; carries no meaning, so it may stand in logs and audit leaves.
package struct Identifier<Owner>: Hashable, Sendable, CustomStringConvertible {
    /// Always 16 bytes.
    package let bytes: [UInt8]

    package init(from randomness: any Randomness) {
        bytes = randomness.bytes(16)
    }

    /// `nil` unless there are 16 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads 32 hexadecimal digits.
    package init?(_ text: String) {
        guard let bytes = Hexadecimal.decode(text) else { return nil }
        self.init(bytes: bytes)
    }

    /// 32 lower-case hexadecimal digits.
    package var description: String { Hexadecimal.encode(bytes) }
}
