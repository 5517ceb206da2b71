import Hummingbird
import Identity

/// Answers to the questions of a flow: password, code, first code of an authenticator, account, consent.
struct SignInRoutes: Sendable {
    let desk: SignOnDesk

    private var operations: SignOnOperations { desk.operations }

    var routes: [Route] {
        [
            answer("/sign-in") { form, browser in
                try await operations.signIn.signIn(
                    flow: form["flow"], login: form["username"], password: form["password"], browser: browser)
            },
            answer("/second-factor") { form, browser in
                try await operations.secondFactor.check(flow: form["flow"], code: form["code"], browser: browser)
            },
            answer("/enrolment") { form, browser in
                try await operations.secondFactor.enrol(flow: form["flow"], code: form["code"], browser: browser)
            },
            answer("/account") { form, browser in
                try await operations.decide.chooseAccount(flow: form["flow"], keeps: form.allows, browser: browser)
            },
            answer("/consent") { form, browser in
                try await operations.decide.decide(flow: form["flow"], allows: form.allows, browser: browser)
            },
            desk.page(.get, "/enrolment", .anyone) { request, context in
                let browser = desk.browser(request, context)
                return desk.show(
                    try await operations.authorize.visit(.secondFactor, browser: browser), for: request)
            },
        ]
    }

    private func answer(
        _ path: String, _ operation: @escaping @Sendable (PageForm, Browser) async throws -> StepResult
    ) -> Route {
        desk.page(.post, path, .formOfOwnPage) { request, context in
            let form = try await PageForm(request)
            do {
                return desk.seeOther(
                    try await operation(form, desk.browser(request, context)), for: request)
            } catch {
                guard let seconds = Busy.retryAfter(error) else { throw error }
                throw BusyFlow(flow: form["flow"], retryAfter: seconds)
            }
        }
    }
}

/// The form of one of the own pages: no field comes twice.
struct PageForm: Sendable {
    private let parameters: Identity.Parameters

    /// - Throws: `EdgeFault`; what the connection throws.
    init(_ request: Request) async throws {
        parameters = try await request.formParameters()
        guard parameters.repeated().isEmpty else { throw EdgeFault.malformed }
    }

    /// A field; an empty text when it is missing.
    subscript(name: String) -> String { parameters[name] ?? "" }

    /// Only the button that says so.
    var allows: Bool { parameters["decision"] == "allow" }
}
