import HTTPTypes
import Hummingbird
import Primitives

extension Response {
    static func json(_ value: JSONValue) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: value.compactBytes)))
    }

    static func bytes(_ bytes: [UInt8], type: String) -> Response {
        Response(
            status: .ok, headers: [.contentType: type], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// To another address, to be loaded with GET (RFC 9110 §15.4.4): never 302 or 307 after a form, which might post it again.
    static func seeOther(_ location: String) -> Response {
        Response(status: .seeOther, headers: [.location: location])
    }

    /// Public, fresh for `seconds`, and asked for again by its tag (RFC 9110 §8.8.3, RFC 9111 §5.2).
    static func cached(
        _ bytes: [UInt8], type: String, tag: String, seconds: Int, for request: Request
    ) -> Response {
        cached(ByteBuffer(bytes: bytes), type: type, tag: tag, seconds: seconds, for: request)
    }

    static func cached(
        _ body: ByteBuffer, type: String, tag: String, seconds: Int, for request: Request
    ) -> Response {
        let headers = HTTPFields.cached(type: type, tag: tag, seconds: seconds)
        if let asked = request.headers[.ifNoneMatch], matches(asked, "\"\(tag)\"") {
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    /// Weak comparison (RFC 9110 §13.1.2).
    private static func matches(_ asked: String, _ tag: String) -> Bool {
        asked.split(separator: ",").contains { part in
            let text = part.drop { $0 == " " }.prefix { $0 != " " }
            return text == "*" || text == tag || text == "W/" + tag
        }
    }
}

extension HTTPFields {
    static func cached(type: String, tag: String, seconds: Int) -> HTTPFields {
        [
            .contentType: type, .eTag: "\"\(tag)\"", .cacheControl: "public, max-age=\(seconds)",
            .accessControlAllowOrigin: "*",
        ]
    }
}
