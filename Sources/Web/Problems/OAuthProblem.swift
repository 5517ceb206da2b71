import HTTPTypes
import Hummingbird
import Identity
import Logging
import NIOCore
import Primitives

/// The one place where refusals become OAuth answers (RFC 6749 §5.2, RFC 6750 §3, RFC 9449 §5).
enum OAuthProblem {
    /// Whom a failed client authentication asks to identify itself, and how (RFC 6749 §5.2).
    private static let basic = "Basic realm=\"chancery\", charset=\"UTF-8\""

    static func response(to error: any Error, logger: Logger) -> Response {
        switch error {
        case let refusal as TokenRefusal: return response(to: refusal)
        case let refusal as AuthorizeRefusal: return response(OAuthAnswer(refusal))
        case let refusal as ResourceRefusal: return response(to: refusal)
        case let fault as EdgeFault: return response(to: fault)
        default: break
        }
        if let seconds = Busy.retryAfter(error) {
            var response = response(
                OAuthAnswer(.temporarilyUnavailable, "the service is busy, try again later", status: 503))
            response.headers[.retryAfter] = String(seconds)
            return response
        }
        // The type only: messages of foreign errors may carry values.
        logger.error("request failed", metadata: ["error": "\(type(of: error))"])
        return response(OAuthAnswer(.serverError, "the service failed, its log says more", status: 500))
    }

    /// What any route may answer, in OAuth's form.
    static func response(to problem: Problem) -> Response {
        let error: OAuthError = problem.status == .tooManyRequests ? .temporarilyUnavailable : .invalidRequest
        var response = response(OAuthAnswer(error, problem.detail, status: problem.status.code))
        for field in problem.headers { response.headers.append(field) }
        return response
    }

    private static func response(to refusal: TokenRefusal) -> Response {
        var response = response(OAuthAnswer(refusal))
        if response.status == .unauthorized { response.headers[.wwwAuthenticate] = basic }
        if let seconds = refusal.retryAfter { response.headers[.retryAfter] = String(seconds) }
        OAuthRoute.add(nonce: refusal.nonce, to: &response)
        return response
    }

    private static func response(to refusal: ResourceRefusal) -> Response {
        let answer = ResourceAnswer(refusal)
        var response = Response(status: HTTPResponse.Status(code: answer.status))
        if let error = answer.error {
            response = self.response(OAuthAnswer(error, answer.description, status: answer.status))
        }
        response.headers[.wwwAuthenticate] = answer.challenge
        OAuthRoute.add(nonce: answer.nonce, to: &response)
        return response
    }

    private static func response(to fault: EdgeFault) -> Response {
        let (description, status) =
            switch fault {
            case .mediaType: ("the body must be a form (application/x-www-form-urlencoded)", 415)
            case .malformed: ("the form is not well encoded", 400)
            case .tooManyParameters: ("too many parameters", 400)
            case .tooLarge: ("the body is too large", 413)
            case .repeatedHeader: ("a header came more than once", 400)
            }
        return response(OAuthAnswer(.invalidRequest, description, status: status))
    }

    private static func response(_ answer: OAuthAnswer) -> Response {
        var response = Response.json([
            "error": .string(answer.error.rawValue), "error_description": .string(answer.description),
        ])
        response.status = HTTPResponse.Status(code: answer.status)
        return response
    }
}
