import Hummingbird
import Identity

/// `/device`: where a person types the code that a device shows (RFC 8628 §3.3).
struct DeviceRoutes: Sendable {
    /// Bytes of a user code as people type it; what is longer is none.
    private static let maximumCode = 32

    let desk: SignOnDesk

    var routes: [Route] {
        [
            desk.page(.get, "/device", .anyone) { request, context in
                let code = DeviceRoutes.short(try request.queryParameters()["user_code"])
                let browser = desk.browser(request, context)
                let step = try await desk.operations.decideDevice.look(userCode: code, browser: browser)
                return try await show(step, code, browser, request)
            },
            desk.page(.post, "/device", .anyone) { request, _ in
                // Typing a code changes nothing: it only asks which device it is of.
                let code = DeviceRoutes.short(try await PageForm(request)["user_code"])
                return .seeOther(desk.address(of: .device(userCode: code)))
            },
            desk.page(.post, "/device/decision", .formOfOwnPage) { request, context in
                try await decide(request, context)
            },
            desk.page(.get, "/device/done", .anyone) { request, _ in
                let isAllowed = try request.queryParameters()["decision"] == "allow"
                return desk.pages.response(
                    desk.pages.deviceDone(isAllowed: isAllowed, desk.pages.language(request)))
            },
        ]
    }

    private func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        let form = try await PageForm(request)
        let browser = desk.browser(request, context)
        let step = try await desk.operations.decideDevice.decide(
            userCode: form["user_code"], allows: form.allows, formToken: form["token"], browser: browser)
        switch step {
        case .done(let isAllowed):
            return .seeOther("\(desk.pages.base)/device/done?decision=\(isAllowed ? "allow" : "deny")")
        case .enter(.formLost): return desk.show(lost: request)
        case .enter, .question, .signInFirst:
            return .seeOther(desk.address(of: .device(userCode: DeviceRoutes.short(form["user_code"]))))
        }
    }

    private static func short(_ code: String?) -> String? {
        code.flatMap { $0.utf8.count <= maximumCode ? $0 : nil }
    }

    private func show(
        _ step: DeviceStep, _ code: String?, _ browser: Browser, _ request: Request
    ) async throws -> Response {
        let (pages, language) = (desk.pages, desk.pages.language(request))
        switch step {
        case .signInFirst:
            return desk.show(
                try await desk.operations.authorize.visit(.device(userCode: code), browser: browser), for: request)
        case .enter(let refusal): return pages.response(pages.deviceCode(refusal, typed: code, language))
        case .question(let question): return pages.response(pages.deviceQuestion(question, language))
        case .done(let isAllowed): return pages.response(pages.deviceDone(isAllowed: isAllowed, language))
        }
    }
}
