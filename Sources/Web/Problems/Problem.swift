import HTTPTypes
import Hummingbird
import Primitives

/// An answer that tells what went wrong, as `application/problem+json` (RFC 9457).
struct Problem: Error, Sendable {
    let status: HTTPResponse.Status
    /// A whole sentence for the caller; never a stored value, secret or personal datum.
    let detail: String
    var headers = HTTPFields()

    static let mediaType = "application/problem+json"

    /// The body.
    var text: String {
        let object: JSONValue = [
            "type": "about:blank", "title": .string(status.reasonPhrase), "status": .integer(status.code),
            "detail": .string(detail),
        ]
        return object.compactText
    }

    var response: Response {
        var fields = headers
        fields[.contentType] = Problem.mediaType
        return Response(status: status, headers: fields, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    static let notFound = Problem(status: .notFound, detail: "There is nothing at this address.")

    static func tooLarge(limit: Int) -> Problem {
        Problem(status: .contentTooLarge, detail: "The body is larger than \(limit) bytes.")
    }

    static func methodNotAllowed(allowed: [HTTPRequest.Method]) -> Problem {
        let names = allowed.map(\.rawValue).joined(separator: ", ")
        return Problem(
            status: .methodNotAllowed, detail: "This address answers \(names) only.", headers: [.allow: names])
    }

    static func tooManyRequests(retryAfter seconds: Int) -> Problem {
        Problem(
            status: .tooManyRequests, detail: "Too many requests from this address; try again later.",
            headers: [.retryAfter: String(seconds)])
    }

    static func busy(retryAfter seconds: Int) -> Problem {
        Problem(
            status: .serviceUnavailable, detail: "The service is busy; try again later.",
            headers: [.retryAfter: String(seconds)])
    }
}
