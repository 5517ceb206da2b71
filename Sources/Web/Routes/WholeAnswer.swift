import HTTPTypes
import Hummingbird
import NIOCore
import Primitives

/// An answer in one piece.
struct WholeAnswer: Sendable {
    /// Bytes for the status line and the fields of most answers.
    private static let room = 768

    let head: HTTPResponse
    let body: ByteBuffer

    /// As it goes out (RFC 9112 §2.1). What fields are made of was checked when they were set: no line ends in them.
    func write(to bytes: inout ByteBuffer) {
        let mayHaveBody = WholeAnswer.mayHaveBody(head.status)
        // As one text first: to put each piece into the buffer would cost more than to make it.
        var text = ByteText(capacity: WholeAnswer.room)
        text.append("HTTP/1.1 ")
        text.append(head.status.code.description)
        text.append(" ")
        text.append(head.status.reasonPhrase)
        for field in head.headerFields where field.name != .contentLength {
            text.append("\r\n")
            text.append(field.name.rawName)
            text.append(": ")
            text.append(field.value)
        }
        if mayHaveBody {
            text.append("\r\ncontent-length: ")
            text.append(body.readableBytes.description)
        }
        text.append("\r\n\r\n")
        bytes.reserveCapacity(minimumWritableBytes: text.count + body.readableBytes)
        unsafe text.withBytes { _ = unsafe bytes.writeBytes($0) }
        if mayHaveBody { bytes.writeImmutableBuffer(body) }
    }

    /// RFC 9110 §6.4.1.
    private static func mayHaveBody(_ status: HTTPResponse.Status) -> Bool {
        status.kind != .informational && status != .noContent && status != .notModified
    }
}

extension RouteTable {
    /// The answer of a short route, with its date; whatever fails is an answer too.
    func wholeAnswer(to request: Request, context: WebContext) async -> WholeAnswer {
        do {
            var response = try await respond(to: request, context: context)
            response.headers.append(HTTPField(name: .date, value: dates.text(at: clock.now())))
            let collected = CollectedBody()
            try await response.body.write(collected)
            return WholeAnswer(head: response.head, body: collected.buffer)
        } catch {
            return WholeAnswer(head: HTTPResponse(status: .internalServerError), body: ByteBuffer())
        }
    }
}

/// Takes a body that is one buffer, or none.
private final class CollectedBody: ResponseBodyWriter {
    private(set) var buffer = ByteBuffer()

    func write(_ part: ByteBuffer) async throws {
        if buffer.readableBytes == 0 {
            buffer = part
        } else {
            buffer.writeImmutableBuffer(part)
        }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
