package import Primitives

/// An authorization code as it is kept (RFC 6749 §4.1.2); the code itself is 32 random bytes in base64url.
package struct AuthorizationCode: Hashable, Sendable {
    /// SHA-256 of the code's 32 bytes.
    package let hash: Digest
    package let grantID: Identifier<Grant>
    package let portalID: String
    package let redirectURI: String
    /// `code_challenge`, S256 (RFC 7636 §4.2).
    package let challenge: String?
    /// RFC 7638 thumbprint in base64url that the token request's DPoP key must have (RFC 9449 §10).
    package let keyThumbprint: String?
    /// For the ID token.
    package let nonce: String?
    package let issuedAt: Instant
    /// First moment at which it is too late.
    package let expiresAt: Instant

    package init(
        hash: Digest, grantID: Identifier<Grant>, portalID: String, redirectURI: String, challenge: String?,
        keyThumbprint: String?, nonce: String?, issuedAt: Instant, expiresAt: Instant
    ) {
        (self.hash, self.grantID, self.portalID, self.redirectURI) = (hash, grantID, portalID, redirectURI)
        (self.challenge, self.keyThumbprint, self.nonce) = (challenge, keyThumbprint, nonce)
        (self.issuedAt, self.expiresAt) = (issuedAt, expiresAt)
    }
}
