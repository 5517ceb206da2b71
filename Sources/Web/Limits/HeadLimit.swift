import HTTPTypes
import NIOCore
import NIOHTTP1

/// Heads that are larger than allowed: answered with 431 before the connection is closed (RFC 6585 §5); the parser has given
/// up on it.
enum HeadLimit {
    /// Bytes of request line and fields together.
    static let bytes = 16 << 10
    static let fields = 100

    /// `nil` for another error.
    static func answer(to error: any Error) -> WholeAnswer? {
        guard error as? HTTPParserError == .headerOverflow else { return nil }
        let problem = Problem(
            status: .requestHeaderFieldsTooLarge, detail: "The request's head is larger than \(Self.bytes) bytes.")
        let body = ByteBuffer(string: problem.text)
        return WholeAnswer(
            head: HTTPResponse(
                status: problem.status,
                headerFields: [
                    .contentType: Problem.mediaType, .contentLength: String(body.readableBytes), .connection: "close",
                    .cacheControl: "no-store",
                ]), body: body)
    }
}
