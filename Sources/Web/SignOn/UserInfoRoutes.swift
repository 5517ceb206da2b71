import HTTPTypes
import Hummingbird
import Identity
import Primitives

/// `/userinfo`, GET and POST (OpenID Connect Core §5.3).
struct UserInfoRoutes: Sendable {
    let desk: SignOnDesk

    private static let path = "/userinfo"

    var routes: [Route] {
        [HTTPRequest.Method.get, .post].map { method in
            OAuthRoute.route(method, UserInfoRoutes.path, .accessToken(scope: "openid"), isForBrowsers: true) {
                request, _ in try await userInfo(request)
            }
        } + [OAuthRoute.preflight(UserInfoRoutes.path)]
    }

    private func userInfo(_ request: Request) async throws -> Response {
        let claims = try await desk.operations.userInfo.userInfo(
            ResourceRequest(
                authorization: try request.single(.authorization), formToken: try await formToken(request),
                proofs: request.headers[values: TokenRoutes.dpop],
                method: request.method == .post ? "POST" : "GET",
                uri: desk.signOn.directory.issuer + UserInfoRoutes.path))
        return .json(.object(claims))
    }

    /// RFC 6750 §2.2; a POST without a form is as good as a GET.
    private func formToken(_ request: Request) async throws -> String? {
        guard request.method == .post, request.hasFormType else { return nil }
        let parameters = try await request.formParameters()
        guard parameters.repeated().isEmpty else { throw ResourceRefusal.malformed }
        return parameters["access_token"]
    }
}
