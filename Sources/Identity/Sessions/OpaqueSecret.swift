package import Primitives

/// 256 random bits that their bearer shows and Chancery knows by hash only: cookies, codes, device codes, request URIs.
package struct OpaqueSecret: Sendable, CustomStringConvertible, CustomReflectable {
    private static let length = 32
    private let bytes: [UInt8]

    package init(from randomness: any Randomness) {
        bytes = randomness.bytes(OpaqueSecret.length)
    }

    /// Reads `exposedText`; `nil` for anything else.
    package init?(_ text: String) {
        guard text.utf8.count == 43, let bytes = Base64.decodeURL(text), bytes.count == OpaqueSecret.length else {
            return nil
        }
        self.bytes = bytes
    }

    /// 43 characters of base64url.
    package var exposedText: String { Base64.encodeURL(bytes) }

    /// SHA-256: what is stored. A fast hash will do, because nobody guesses 256 bits.
    package func hash(_ hashing: any Hashing) -> Digest { hashing.sha256(bytes) }

    package var description: String { "‹redacted›" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
