import JOSE
package import Primitives

/// What this provider says of itself, as JSON that changes only with policies and keys.
package struct Discovery: Sendable {
    private let signOn: SignOn

    package init(_ signOn: SignOn) {
        self.signOn = signOn
    }

    /// `/jwks` (RFC 7517 §5): public keys only.
    package var keySet: JSONObject {
        JSONObject([("keys", .array(signOn.keys.published().map { .object($0.object) }))])
    }

    /// `/.well-known/openid-configuration` (OpenID Connect Discovery §3) and `/.well-known/oauth-authorization-server`
    /// (RFC 8414 §2): one document for both.
    package var document: JSONObject {
        let parts = [
            endpoints, what, JSONObject([("scopes_supported", Discovery.list(scopes))]), authentication, tokens, logout,
        ]
        return JSONObject(parts.flatMap(\.members).map { ($0.name, $0.value) })
    }

    private var endpoints: JSONObject {
        let issuer = signOn.directory.issuer
        let paths = [
            ("authorization_endpoint", "/authorize"), ("token_endpoint", "/token"), ("userinfo_endpoint", "/userinfo"),
            ("jwks_uri", "/jwks"), ("pushed_authorization_request_endpoint", "/par"),
            ("introspection_endpoint", "/introspect"), ("revocation_endpoint", "/revoke"),
            ("device_authorization_endpoint", "/device_authorization"), ("end_session_endpoint", "/logout"),
        ]
        return JSONObject([("issuer", .string(issuer))] + paths.map { ($0, .string(issuer + $1)) })
    }

    private var what: JSONObject {
        JSONObject([
            ("response_types_supported", ["code"]), ("response_modes_supported", ["query"]),
            ("grant_types_supported", Discovery.list(GrantType.allCases.map(\.wireName))),
            ("code_challenge_methods_supported", ["S256"]),
            ("authorization_response_iss_parameter_supported", true),
            ("prompt_values_supported", ["none", "login", "consent", "select_account"]),
            ("acr_values_supported", Discovery.list(Assurance.allCases.map(\.rawValue))),
            ("subject_types_supported", Discovery.list(PortalSubject.allCases.map(\.rawValue))),
            ("claim_types_supported", ["normal"]), ("claims_supported", Discovery.list(StandardClaims.supported)),
            ("claims_parameter_supported", true), ("request_parameter_supported", false),
            ("request_uri_parameter_supported", false), ("require_pushed_authorization_requests", false),
            ("ui_locales_supported", Discovery.list(signOn.directory.languages)),
        ])
    }

    /// The personal ones, then what portals may ask for besides.
    private var scopes: [String] {
        let personal = ["openid", "profile", "email", "phone", "address", "offline_access"]
        return personal + Set(signOn.directory.portals.values.flatMap(\.scopes)).subtracting(personal).sorted()
    }

    private var authentication: JSONObject {
        let proven: JSONValue = ["client_secret_basic", "client_secret_post", "private_key_jwt"]
        let anyone: JSONValue = ["client_secret_basic", "client_secret_post", "private_key_jwt", "none"]
        let algorithms = Discovery.list(SignatureAlgorithm.allCases.map(\.rawValue))
        return JSONObject([
            ("token_endpoint_auth_methods_supported", anyone),
            ("token_endpoint_auth_signing_alg_values_supported", algorithms),
            ("introspection_endpoint_auth_methods_supported", proven),
            ("introspection_endpoint_auth_signing_alg_values_supported", algorithms),
            ("revocation_endpoint_auth_methods_supported", anyone),
            ("revocation_endpoint_auth_signing_alg_values_supported", algorithms),
        ])
    }

    private var tokens: JSONObject {
        let published = Set(signOn.keys.published().compactMap(\.algorithm))
        let algorithms = SignatureAlgorithm.allCases.filter { published.contains($0) }
        return JSONObject([
            ("id_token_signing_alg_values_supported", Discovery.list(algorithms.map(\.rawValue))),
            ("dpop_signing_alg_values_supported", Discovery.list(DPoPProof.algorithms.map(\.rawValue))),
        ])
    }

    private var logout: JSONObject {
        JSONObject([("backchannel_logout_supported", true), ("backchannel_logout_session_supported", true)])
    }

    private static func list(_ values: [String]) -> JSONValue { .array(values.map { .string($0) }) }
}
