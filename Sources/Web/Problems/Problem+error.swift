import Hummingbird
import Logging
import NIOCore
import NIOHTTP1

extension Problem {
    /// The error decides the status, never the handler.
    ///
    /// - Parameter limit: bytes of a body that is read.
    init(of error: any Error, limit: Int, logger: Logger) {
        switch error {
        case let problem as Problem: self = problem
        case is NIOTooManyBytesError: self = .tooLarge(limit: limit)
        case is HTTPParserError: self.init(status: .badRequest, detail: "The body is not well framed.")
        case let error as any HTTPResponseError where error.status.code < 500:
            self.init(status: error.status, detail: "The request was not understood.")
        default:
            if let seconds = Busy.retryAfter(error) {
                self = .busy(retryAfter: seconds)
            } else {
                // The type only: messages of foreign errors may carry values.
                logger.error("request failed", metadata: ["error": "\(type(of: error))"])
                self.init(status: .internalServerError, detail: "The service failed; its log says more.")
            }
        }
    }
}
