package import Primitives

/// Whose log it is: its origin, which is also the key's name, and the Ed25519 public key.
package struct AuditLogIdentity: Hashable, Sendable {
    /// `<host>/audit`, without space, plus sign or line break.
    package let origin: String
    /// Always 32 bytes.
    package let publicKey: [UInt8]

    /// `nil` when the origin could not stand in a signed note or the key has another length.
    package init?(origin: String, publicKey: [UInt8]) {
        let isPlain = origin.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "+") }
        guard (1...255).contains(origin.utf8.count), isPlain, publicKey.count == 32 else { return nil }
        (self.origin, self.publicKey) = (origin, publicKey)
    }

    /// The first 4 bytes of `SHA-256(name ‖ 0x0A ‖ 0x01 ‖ public key)` (C2SP signed-note).
    package func keyID(hashing: any Hashing) -> [UInt8] {
        Array(hashing.sha256([Array(origin.utf8)[...], [0x0A, 0x01], publicKey[...]]).bytes.prefix(4))
    }

    /// The key as DER SubjectPublicKeyInfo (RFC 8410 §4).
    package var subjectPublicKeyInfo: [UInt8] {
        [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00] + publicKey
    }
}

/// The key that signs a log's checkpoints, used for nothing else.
package struct AuditLogKey: Sendable {
    package let identity: AuditLogIdentity
    /// Ed25519.
    package let signer: any Signer

    /// - Parameter signer: holds the private key to `identity.publicKey`.
    package init(identity: AuditLogIdentity, signer: any Signer) {
        (self.identity, self.signer) = (identity, signer)
    }
}
