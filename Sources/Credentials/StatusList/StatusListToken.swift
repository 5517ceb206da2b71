package import JOSE
package import Primitives

/// A Status List Token (draft-ietf-oauth-status-list-21 §5.1), read but not verified.
package struct StatusListToken: Sendable {
    package static let type = "statuslist+jwt"
    /// Claims of RFC 7519 §4.1 and of the draft's §5.1.
    static let registeredClaims: Set<String> = [
        "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "ttl", "status_list",
    ]

    package let jws: JWS
    /// The URI of the list itself.
    package let subject: String
    package let issuedAt: Instant
    package let expiresAt: Instant?
    /// Seconds for which a copy may be kept without asking again.
    package let timeToLive: Int?
    package let list: StatusList
    /// Every claim of the payload but the registered ones.
    package let extraClaims: JSONObject
}
