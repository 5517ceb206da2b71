/// A random 128-bit name for an `Owner`; carries no meaning, so it may stand in logs and audit leaves.
package struct Identifier<Owner>: Hashable, Sendable, CustomStringConvertible {
    // The bytes as numbers: as an array they would be allocated, and counted with every copy.
    private let high: UInt64
    private let low: UInt64

    /// Always 16 bytes.
    package var bytes: [UInt8] { unsafe withUnsafeBytes(of: bigEndian) { unsafe Array($0) } }

    /// Appends the 16 bytes.
    package func append(to bytes: inout [UInt8]) {
        unsafe withUnsafeBytes(of: bigEndian) { unsafe bytes.append(contentsOf: $0) }
    }

    private var bigEndian: (UInt64, UInt64) { (high.bigEndian, low.bigEndian) }

    package init(from randomness: any Randomness) {
        let bytes = randomness.bytes(16)
        (high, low) = (BigEndian.number(bytes.prefix(8)), BigEndian.number(bytes.dropFirst(8)))
    }

    /// One that begins with the moment in milliseconds and goes on with 80 random bits, as a UUID of version 7 (RFC 9562 §5.7)
    /// but for the version: what is stored one after the other stands side by side in an index. For what may tell when it was made.
    package init(at instant: Instant, from randomness: any Randomness) {
        let random = Identifier(from: randomness)
        let milliseconds = UInt64(truncatingIfNeeded: instant.millisecondsSinceEpoch)
        (high, low) = (milliseconds << 16 | random.high & 0xFFFF, random.low)
    }

    /// `nil` unless there are 16 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        (high, low) = (BigEndian.number(bytes.prefix(8)), BigEndian.number(bytes.dropFirst(8)))
    }

    /// Reads 32 hexadecimal digits.
    package init?(_ text: String) {
        self.init(digits: Array(text.utf8)[...])
    }

    /// Reads 32 hexadecimal digits in ASCII.
    package init?(digits: ArraySlice<UInt8>) {
        guard digits.count == 32 else { return nil }
        var (high, low) = (UInt64(0), UInt64(0))
        for character in digits {
            guard let digit = Hexadecimal.value(character) else { return nil }
            // What leaves the lower half is the upper one's.
            (high, low) = (high << 4 | low >> 60, low << 4 | UInt64(digit))
        }
        (self.high, self.low) = (high, low)
    }

    /// 32 lower-case hexadecimal digits.
    package var description: String { Hexadecimal.encode(bytes) }
}
