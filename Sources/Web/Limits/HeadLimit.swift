import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Answers a head that is larger than allowed with 431 and closes the connection (RFC 6585 §5); the parser has given up on it.
final class HeadLimit: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Bytes of request line and fields together.
    static let bytes = 16 << 10
    static let fields = 100

    /// An earlier request of the connection is not answered yet: a second answer would be taken for its.
    private var isAnswering = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) { isAnswering = true }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { isAnswering = false }
        context.write(data, promise: promise)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard !isAnswering, error as? HTTPParserError == .headerOverflow else {
            context.fireErrorCaught(error)
            return
        }
        let problem = Problem(
            status: .requestHeaderFieldsTooLarge, detail: "The request's head is larger than \(Self.bytes) bytes.")
        let body = ByteBuffer(string: problem.text)
        let head = HTTPResponse(
            status: problem.status,
            headerFields: [
                .contentType: Problem.mediaType, .contentLength: String(body.readableBytes), .connection: "close",
                .cacheControl: "no-store",
            ])
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(body)), promise: nil)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
    }
}
