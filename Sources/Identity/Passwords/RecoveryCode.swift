import Primitives

/// A code that takes the place of a lost authenticator, once: 80 random bits, too many to guess even from stored hashes.
struct RecoveryCode: Sendable, CustomStringConvertible {
    private let bytes: [UInt8]

    init(from randomness: any Randomness) {
        bytes = randomness.bytes(10)
    }

    /// Reads `exposedText` in either case, with any hyphens and spaces; `nil` for anything else.
    init?(_ text: String) {
        let letters = text.utf8.filter { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: " ") }
        guard letters.count == 16, let bytes = Base32.decode(String(decoding: letters, as: UTF8.self)) else {
            return nil
        }
        self.bytes = bytes
    }

    /// Four groups of four letters.
    var exposedText: String {
        let letters = Array(Base32.encode(bytes))
        return stride(from: 0, to: letters.count, by: 4).map { String(letters[$0..<min($0 + 4, letters.count)]) }
            .joined(separator: "-")
    }

    /// What is stored.
    func hash(_ hashing: any Hashing) -> Digest { hashing.sha256(bytes) }

    var description: String { "‹redacted›" }
}

/// What people type from an authenticator.
enum OneTimeCode {
    /// Six ASCII digits, spaces left out; `nil` for anything else.
    static func digits(_ text: String) -> String? {
        let digits = text.utf8.prefix(32).filter { $0 != UInt8(ascii: " ") }
        guard digits.count == 6, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return String(decoding: digits, as: UTF8.self)
    }
}
