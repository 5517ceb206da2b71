import Hummingbird
import Identity
import Primitives

/// `/`: what a person sees of themselves and may end.
struct CitizenRoutes: Sendable {
    let desk: SignOnDesk

    var routes: [Route] {
        [
            desk.page(.get, "/", .anyone) { request, context in try await view(request, context) },
            desk.page(.post, "/sessions/end", .formOfOwnPage) { request, context in
                try await end(request) { form in
                    guard let session = Identifier<Session>(form["session"]) else { return nil }
                    return try await desk.operations.endSessions.end(
                        session, formToken: form["token"], browser: desk.browser(request, context))
                }
            },
            desk.page(.post, "/sessions/end-all", .formOfOwnPage) { request, context in
                try await end(request) { form in
                    try await desk.operations.endSessions.endAll(
                        formToken: form["token"], browser: desk.browser(request, context))
                }
            },
            desk.page(.post, "/recovery-codes", .formOfOwnPage) { request, context in
                let result = try await desk.operations.secondFactor.renewCodes(
                    formToken: PageForm(request)["token"], browser: desk.browser(request, context))
                return result.map { desk.seeOther($0, for: request) } ?? desk.show(lost: request)
            },
        ]
    }

    private func view(_ request: Request, _ context: WebContext) async throws -> Response {
        let browser = desk.browser(request, context)
        if let view = try await desk.operations.citizenPage.view(browser) {
            return desk.pages.response(desk.pages.citizen(view, desk.pages.language(request)))
        }
        return desk.show(try await desk.operations.authorize.visit(.citizen, browser: browser), for: request)
    }

    private func end(
        _ request: Request, _ operation: (PageForm) async throws -> BrowserChanges?
    ) async throws -> Response {
        guard let changes = try await operation(PageForm(request)) else {
            return desk.show(lost: request)
        }
        var response = Response.seeOther(
            changes.session == .clear ? desk.pages.base + "/signed-out" : desk.pages.base + "/")
        desk.cookies.apply(changes, to: &response)
        return response
    }
}

extension SignOnDesk {
    /// The error page for a form of another browser or session.
    func show(lost request: Request) -> Response {
        pages.response(pages.refused(OAuthAnswer(AuthorizeRefusal.flowLost), isLost: true, pages.language(request)))
    }
}
