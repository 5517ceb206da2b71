import HTTPTypes
import Hummingbird
import Licensing
import Primitives

/// An answer that tells what went wrong, as `application/problem+json` (RFC 9457).
struct Problem: Error, Sendable {
    let status: HTTPResponse.Status
    /// A whole sentence for the caller; never a stored value, secret or personal datum.
    let detail: String
    var headers = HTTPFields()
    /// What is wrong in the body, member by member.
    var errors: [FieldError] = []
    /// Where the license stands that cannot be changed so.
    var state: LicenseState?

    static let mediaType = "application/problem+json"

    /// The body.
    var text: String {
        var object = JSONObject([
            ("type", "about:blank"), ("title", .string(status.reasonPhrase)), ("status", .integer(status.code)),
            ("detail", .string(detail)),
        ])
        if !errors.isEmpty {
            object["errors"] = .array(
                errors.map { ["pointer": .string($0.pointer), "detail": .string($0.detail)] })
        }
        object["state"] = state.map { .string($0.rawValue) }
        return JSONValue.object(object).compactText
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
