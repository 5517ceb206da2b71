package import JOSE
package import Primitives

/// How a portal proves that it is itself (OpenID Connect Core §9).
package enum PortalAuthentication: Hashable, Sendable {
    /// HTTP Basic; SHA-256 of the secret's UTF-8 bytes.
    case secretBasic(Digest)
    /// `client_id` and `client_secret` in the form; SHA-256 of the secret's UTF-8 bytes.
    case secretPost(Digest)
    /// A JWT signed by one of these keys (RFC 7523 §3).
    case privateKeyJWT([JWK])
    /// It cannot: PKCE ties its codes to it.
    case none

    /// The word of policy files and of `token_endpoint_auth_methods_supported`.
    package var method: String {
        switch self {
        case .secretBasic: "client_secret_basic"
        case .secretPost: "client_secret_post"
        case .privateKeyJWT: "private_key_jwt"
        case .none: "none"
        }
    }
}
