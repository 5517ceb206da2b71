/// A form that a portal posted, as the edge read it.
package struct TokenRequest: Sendable {
    /// Where it was posted.
    package enum Endpoint: String, Hashable, Sendable, CaseIterable {
        case token
        case pushedRequest = "par"
        case introspection = "introspect"
        case revocation = "revoke"
        case deviceAuthorization = "device_authorization"

        /// Path below the issuer.
        package var path: String { "/" + rawValue }
    }

    package let endpoint: Endpoint
    package let parameters: Parameters
    /// The `Authorization` header.
    package let authorization: String?
    /// Every `DPoP` header.
    package let proofs: [String]

    package init(endpoint: Endpoint, parameters: Parameters, authorization: String?, proofs: [String]) {
        (self.endpoint, self.parameters) = (endpoint, parameters)
        (self.authorization, self.proofs) = (authorization, proofs)
    }
}

/// A request that brings an access token (RFC 6750 §2, RFC 9449 §7).
package struct ResourceRequest: Sendable {
    /// The `Authorization` header.
    package let authorization: String?
    /// `access_token` of a form body.
    package let formToken: String?
    /// Every `DPoP` header.
    package let proofs: [String]
    package let method: String
    /// Public base URL and path, without query: what a proof's `htu` must be.
    package let uri: String

    package init(authorization: String?, formToken: String? = nil, proofs: [String], method: String, uri: String) {
        (self.authorization, self.formToken, self.proofs) = (authorization, formToken, proofs)
        (self.method, self.uri) = (method, uri)
    }
}
