import HTTPTypes
import Hummingbird
import NIOCore
import Primitives

/// An answer in one piece.
struct WholeAnswer: Sendable {
    let head: HTTPResponse
    let body: ByteBuffer
}

extension RouteTable {
    /// The answer of a short route, with its date; whatever fails is an answer too.
    func wholeAnswer(to request: Request, context: WebContext) async -> WholeAnswer {
        do {
            var response = try await respond(to: request, context: context)
            response.headers[.date] = dates.text(at: clock.now())
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
