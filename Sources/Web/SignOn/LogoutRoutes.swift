import Hummingbird
import Identity

/// `/logout` (OpenID Connect RP-Initiated Logout 1.0), GET and POST, and what follows.
struct LogoutRoutes: Sendable {
    let desk: SignOnDesk

    /// Characters of a query that fits an address line beside the cookies.
    private static let longestQuery = 12_000

    var routes: [Route] {
        [
            desk.page(.get, "/logout", .anyone) { request, context in
                let (step, changes) = try await desk.operations.logout.begin(
                    try request.queryParameters(), browser: desk.browser(request, context))
                return show(step, changes, request)
            },
            desk.page(.post, "/logout", .anyone) { request, _ in
                // As for `/authorize`: a form of another site brings no cookie.
                let query = FormWriter.text(try await request.form())
                guard query.utf8.count <= LogoutRoutes.longestQuery else {
                    throw EdgeFault.tooLarge(limit: LogoutRoutes.longestQuery)
                }
                return .seeOther("\(desk.pages.base)/logout?\(query)")
            },
            desk.page(.post, "/logout/decision", .formOfOwnPage) { request, context in
                let form = try await PageForm(request)
                let (step, changes) = try await desk.operations.logout.confirm(
                    flow: form["flow"], allows: form.allows, browser: desk.browser(request, context))
                return show(step, changes, request)
            },
            desk.page(.get, "/signed-out", .anyone) { request, _ in
                let locales = LanguageTags.read(try request.queryParameters()["ui_locales"])
                return desk.pages.response(Page(.signedOut, desk.pages.language(request, locales: locales)))
            },
        ]
    }

    private func show(_ step: LogoutStep, _ changes: BrowserChanges, _ request: Request) -> Response {
        var response: Response
        switch step {
        case .confirm(let flow, let portal, let locales, let origin):
            let language = desk.pages.language(request, locales: locales)
            response = desk.pages.response(desk.pages.signOut(flow: flow, portal: portal, origin: origin, language))
        case .done(let redirect?, _): response = .seeOther(redirect)
        case .done(nil, let locales):
            let wishes = locales.isEmpty ? [] : [(name: "ui_locales", value: locales.joined(separator: " "))]
            let query = FormWriter.text(wishes)
            response = .seeOther(desk.pages.base + "/signed-out" + (query.isEmpty ? "" : "?\(query)"))
        case .stayed: response = .seeOther(desk.pages.base + "/")
        case .refused(let refusal):
            response = desk.pages.response(
                desk.pages.refused(OAuthAnswer(refusal), desk.pages.language(request)))
        }
        desk.cookies.apply(changes, to: &response)
        return response
    }
}
