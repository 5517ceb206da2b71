import Hummingbird
import Logging
import NIOCore

/// The one place where errors become answers: the error decides the status, never the handler.
struct ProblemMiddleware: RouterMiddleware {
    typealias Context = WebContext

    @concurrent
    func handle(
        _ request: Request, context: WebContext, next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return problem(for: error, context: context).response
        }
    }

    private func problem(for error: any Error, context: WebContext) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case is NIOTooManyBytesError: return .tooLarge(limit: context.maxUploadSize)
        case let error as any HTTPResponseError where error.status.code < 500:
            return Problem(status: error.status, detail: sentence(for: error.status))
        default:
            if let seconds = Busy.retryAfter(error) { return .busy(retryAfter: seconds) }
            // The type only: messages of foreign errors may carry values.
            context.logger.error("request failed", metadata: ["error": "\(type(of: error))"])
            return Problem(status: .internalServerError, detail: "The service failed; its log says more.")
        }
    }

    private func sentence(for status: HTTPResponse.Status) -> String {
        switch status {
        case .notFound: Problem.notFound.detail
        case .contentTooLarge: "The body is too large."
        default: "The request was not understood."
        }
    }
}
