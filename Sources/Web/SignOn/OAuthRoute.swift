import HTTPTypes
import Hummingbird

/// Routes whose errors are OAuth error objects.
enum OAuthRoute {
    private static let methods: [HTTPRequest.Method] = [.get, .post]
    private static let dpopNonce = fieldName("DPoP-Nonce")

    /// One address and method.
    static func route(
        _ method: HTTPRequest.Method, _ path: String, _ permission: Permission, isForBrowsers: Bool = false,
        handler: @escaping Route.Handler
    ) -> Route {
        Route(method, path, permission, isOAuth: true, isShort: true) { request, context in
            var response: Response
            do {
                response = try await handler(request, context)
            } catch {
                response = OAuthProblem.response(to: error, logger: context.logger)
            }
            if isForBrowsers { allowOrigins(&response.headers) }
            return response
        }
    }

    /// The preflight of scripts of other origins (Fetch §3.3): portals that run in a browser. No cookie is ever looked at
    /// on these routes, so any origin may call them.
    static func preflight(_ path: String) -> Route {
        Route(.options, path, .anyone) { _, _ in
            Response(
                status: .noContent,
                headers: [
                    .accessControlAllowOrigin: "*",
                    .accessControlAllowMethods: methods.map(\.rawValue).joined(separator: ", "),
                    .accessControlAllowHeaders: "Authorization, Content-Type, DPoP", .accessControlMaxAge: "7200",
                ])
        }
    }

    static func allowOrigins(_ headers: inout HTTPFields) {
        if !headers.contains(.accessControlAllowOrigin) {
            headers.append(HTTPField(name: .accessControlAllowOrigin, value: "*"))
        }
        headers.append(HTTPField(name: .accessControlExposeHeaders, value: "DPoP-Nonce, WWW-Authenticate"))
    }

    static func add(nonce: String?, to response: inout Response) {
        if let nonce { response.headers[dpopNonce] = nonce }
    }
}
