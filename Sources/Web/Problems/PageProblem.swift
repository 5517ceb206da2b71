import HTTPTypes
import Hummingbird
import Identity
import Logging

/// Too much to do at once; the flow goes on later.
struct BusyFlow: Error {
    let flow: String
    let retryAfter: Int
}

/// The one place where errors become pages.
struct PageProblem {
    let pages: PageDesk

    func response(to error: any Error, language: PageLanguage, logger: Logger) -> Response {
        switch error {
        case let busy as BusyFlow: return self.busy(busy.retryAfter, again: busy.flow, language)
        case let fault as EdgeFault: return pages.response(page(for: fault, language))
        case let refusal as AuthorizeRefusal:
            return pages.response(pages.refused(OAuthAnswer(refusal), isLost: refusal == .flowLost, language))
        default: break
        }
        if let seconds = Busy.retryAfter(error) { return busy(seconds, again: nil, language) }
        // The type only: messages of foreign errors may carry values.
        logger.error("request failed", metadata: ["error": "\(type(of: error))"])
        return pages.response(pages.fault("failed", status: .internalServerError, language))
    }

    private func busy(_ seconds: Int, again flow: String?, _ language: PageLanguage) -> Response {
        var page = pages.fault("busy", status: .serviceUnavailable, language)
        if let flow { page.values["again"] = flow }
        var response = pages.response(page)
        response.headers[.retryAfter] = String(seconds)
        return response
    }

    private func page(for fault: EdgeFault, _ language: PageLanguage) -> Page {
        switch fault {
        case .mediaType: pages.fault("request", status: .unsupportedMediaType, reason: "no form", language)
        case .malformed: pages.fault("request", status: .badRequest, reason: "bad encoding", language)
        case .tooManyParameters: pages.fault("request", status: .badRequest, reason: "too many parameters", language)
        case .tooLarge: pages.fault("request", status: .contentTooLarge, reason: "too large", language)
        case .repeatedHeader: pages.fault("request", status: .badRequest, reason: "repeated header", language)
        }
    }
}
