/// What a portal is (`kind` of its policy file).
package enum PortalKind: String, Hashable, Sendable, CaseIterable {
    /// People sign in; it keeps a secret or a key (RFC 6749 §2.1).
    case confidential
    /// People sign in; it cannot keep a secret: an app on a phone, a page in a browser.
    case `public`
    /// A department's system without users.
    case service
    /// Only introspects and receives tokens.
    case resource

    /// Grants where the policy names none.
    package var defaultGrants: Set<GrantType> {
        switch self {
        case .confidential, .public: [.authorizationCode, .refreshToken]
        case .service: [.clientCredentials]
        case .resource: []
        }
    }
}
