package import JOSE
package import Primitives

/// A key that signs tokens now.
package struct TokenSigner: Sendable {
    package let signer: any Signer
    /// `kid`.
    package let keyID: String

    package init(signer: any Signer, keyID: String) {
        (self.signer, self.keyID) = (signer, keyID)
    }
}

/// Port: the keys that sign tokens, by state: next (published) → active (published, signing) → retiring (published) → gone.
/// Calls are quick; a rotation by another process shows within two seconds.
package protocol TokenKeys: Sendable {
    /// - Throws: when no key of that algorithm is active.
    func active(_ algorithm: SignatureAlgorithm) throws -> TokenSigner
    /// Public keys of `/jwks`, each with `kid` and `alg`: next, active and retiring.
    func published() -> [JWK]
    /// One of `published`.
    func publicKey(_ keyID: String) -> JWK?
}

/// Port: HMAC-SHA-256 under a key that is used for tokens only.
package protocol TokenMAC: Sendable {
    /// 32 bytes.
    func mac(_ message: [UInt8], purpose: String) -> [UInt8]
}
