import HTTPTypes
import Identity

/// What portals read before anything else: discovery and keys.
struct DiscoveryRoutes: Sendable {
    /// By path.
    let documents: [String: KeptDocument]

    init(_ signOn: SignOn, _ discovery: Discovery) {
        let document = KeptDocument(signOn) { discovery.document }
        documents = [
            "/.well-known/openid-configuration": document, "/.well-known/oauth-authorization-server": document,
            "/jwks": KeptDocument(signOn) { discovery.keySet },
        ]
    }

    var routes: [Route] {
        documents.flatMap { path, document in
            [
                OAuthRoute.route(.get, path, .anyone, isForBrowsers: true) { request, _ in
                    document.response(for: request)
                }, OAuthRoute.preflight(path),
            ]
        }
    }
}
