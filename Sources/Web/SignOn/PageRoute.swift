import HTTPTypes
import Hummingbird
import Identity

extension SignOnDesk {
    /// A route whose answers are pages or ways to them, also where something fails. HEAD is not answered: asking for a page
    /// may spend a pushed request or give out a code.
    func page(
        _ method: HTTPRequest.Method, _ path: String, _ permission: Permission, handler: @escaping Route.Handler
    ) -> Route {
        Route(method, path, permission, answersHead: false, isShort: true) { request, context in
            do {
                return try await handler(request, context)
            } catch {
                return PageProblem(pages: pages).response(
                    to: error, language: pages.language(request), logger: context.logger)
            }
        }
    }

    /// The answer to a GET: the page itself, or where to go.
    func show(_ result: StepResult, for request: Request) -> Response {
        let language = pages.language(request, locales: result.locales)
        var response: Response
        if let location = location(of: result.next) {
            response = .seeOther(location)
        } else {
            response = pages.response(page(for: result, language))
        }
        cookies.apply(result.changes, to: &response)
        return response
    }

    /// The answer to a form: always to another address, so that nothing is posted twice.
    func seeOther(_ result: StepResult, for request: Request) -> Response {
        guard location(of: result.next) == nil, let flow = result.flow else { return show(result, for: request) }
        var response = Response.seeOther("\(pages.base)/continue?flow=\(flow)")
        cookies.apply(result.changes, to: &response)
        return response
    }

    private func location(of next: NextStep) -> String? {
        switch next {
        case .redirect(let location): location
        case .page(let page): address(of: page)
        default: nil
        }
    }

    func address(of page: LocalPage) -> String {
        switch page {
        case .citizen: pages.base + "/"
        case .secondFactor: pages.base + "/enrolment"
        case .device(let userCode?): "\(pages.base)/device?" + FormWriter.text([("user_code", userCode)])
        case .device(nil): pages.base + "/device"
        }
    }

    private func page(for result: StepResult, _ language: PageLanguage) -> Page {
        switch result.next {
        case .signIn(let question): pages.signIn(question, result, language)
        case .secondFactor(let question): pages.secondFactor(question, result, language)
        case .enrolment(let question): pages.enrolment(question, result, language)
        case .recoveryCodes(let codes): pages.recoveryCodes(codes, result, language)
        case .account(let name): pages.accountChoice(name, result, language)
        case .consent(let question): pages.consent(question, result, language)
        case .refused(let refusal): pages.refused(OAuthAnswer(refusal), isLost: refusal == .flowLost, language)
        case .redirect, .page: pages.fault("failed", status: .internalServerError, language)
        }
    }
}
