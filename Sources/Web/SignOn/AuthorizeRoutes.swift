import Hummingbird
import Identity

/// `/authorize`, and `/continue` between its pages.
struct AuthorizeRoutes: Sendable {
    let desk: SignOnDesk

    /// Characters of a query that fits an address line beside the cookies.
    private static let longestQuery = 12_000

    var routes: [Route] {
        [
            desk.page(.get, "/authorize", .anyone) { request, context in try await begin(request, context) },
            desk.page(.post, "/authorize", .anyone) { request, context in try await moved(request, context) },
            desk.page(.get, "/continue", .formOfOwnPage) { request, context in try await resume(request, context) },
        ]
    }

    private func begin(_ request: Request, _ context: WebContext) async throws -> Response {
        let parameters = try request.queryParameters()
        let result = try await desk.operations.authorize.begin(parameters, browser: desk.browser(request, context))
        // A pushed request is spent by now: loading the page again must go on with the flow.
        return parameters["request_uri"] == nil
            ? desk.show(result, for: request) : desk.seeOther(result, for: request)
    }

    /// A form of another site brings no cookie with `SameSite=Lax`, so nobody would be signed in: the browser asks again with
    /// GET. What is too long for an address is answered at once.
    private func moved(_ request: Request, _ context: WebContext) async throws -> Response {
        let pairs = try await request.form()
        guard let parameters = Identity.Parameters(pairs) else { throw EdgeFault.tooManyParameters }
        let query = FormWriter.text(pairs)
        if query.utf8.count <= AuthorizeRoutes.longestQuery {
            return .seeOther("\(desk.pages.base)/authorize?\(query)")
        }
        let result = try await desk.operations.authorize.begin(parameters, browser: desk.browser(request, context))
        return desk.seeOther(result, for: request)
    }

    private func resume(_ request: Request, _ context: WebContext) async throws -> Response {
        let flow = try request.queryParameters()["flow"] ?? ""
        let result = try await desk.operations.authorize.resume(flow, browser: desk.browser(request, context))
        return desk.show(result, for: request)
    }
}
