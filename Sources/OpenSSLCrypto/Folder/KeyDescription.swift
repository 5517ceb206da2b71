package import Primitives

/// Where a key is in its life.
package enum KeyState: String, Hashable, Sendable, CaseIterable {
    /// Its certificate is not valid yet, or it is published and does not sign yet.
    case next
    case active
    /// A newer one signs; what it signed still verifies.
    case retiring
    /// Past its end.
    case gone
}

/// One key of the folder, for people. Holds nothing secret.
package struct KeyDescription: Hashable, Sendable {
    /// `root`, `issuing-ca`, `time-stamp`, `authority`, `document-signer`, `audit-log`, `data`, `sector`,
    /// `token-signing`.
    package let use: String
    /// The certificate's common name, or the department's id; `kid` of token-signing keys; else what the key is for.
    package let name: String
    /// `ES256`, `RSA`, `Ed25519`, `AES-256`, …
    package let algorithm: String
    package let state: KeyState
    /// `nil` for keys without a certificate; of token-signing keys, when they began to sign.
    package let notBefore: Instant?
    package let notAfter: Instant?
    /// Path of the private key's file.
    package let file: String
}
