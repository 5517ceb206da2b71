/// How a signature value is made over a message: the scheme and the hash inside it.
package struct SignatureScheme: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case ecdsa
        case rsaPKCS1
        /// MGF1 with the same hash, salt as long as the hash.
        case rsaPSS
        case ed25519
    }

    package let kind: Kind
    package let hash: HashAlgorithm

    package init(_ kind: Kind, _ hash: HashAlgorithm) {
        (self.kind, self.hash) = (kind, hash)
    }
}

extension SignatureAlgorithm {
    package var scheme: SignatureScheme {
        switch self {
        case .es256: SignatureScheme(.ecdsa, .sha256)
        case .es384: SignatureScheme(.ecdsa, .sha384)
        case .ps256: SignatureScheme(.rsaPSS, .sha256)
        case .rs256: SignatureScheme(.rsaPKCS1, .sha256)
        case .eddsa: SignatureScheme(.ed25519, .sha512)
        }
    }
}

/// Port: a private key in the key store that signs, with the certificates that speak for it.
package protocol Signer: Sendable {
    var algorithm: SignatureAlgorithm { get }
    /// DER certificates, the signer's first, then its issuers without the anchor; empty for bare keys.
    var certificateChain: [[UInt8]] { get }
    /// The signature over `message`. ECDSA: the DER `Ecdsa-Sig-Value` of RFC 3279 §2.2.3.
    func signature(over message: [UInt8]) throws -> [UInt8]
}

/// Port: checks signatures with public keys.
package protocol SignatureVerifier: Sendable {
    /// Whether `signature` (ECDSA: DER) over `message` is by `publicKey`, a DER SubjectPublicKeyInfo.
    /// A key that does not fit the scheme, or is too weak (RSA under 2048 bits, curves other than P-256, P-384, P-521), is `false`.
    func isValid(
        _ signature: [UInt8], over message: [UInt8], scheme: SignatureScheme, publicKey: [UInt8]
    ) -> Bool
}
