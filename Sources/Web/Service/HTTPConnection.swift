import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// The first of our handlers on a connection, all on its event loop: counts which requests wait for their answer, keeps the
/// limits, answers what needs no route, and is the way out of answers that are bytes already.
///
/// One handler, though each of its parts could be one: the library unpacks every part of a request anew for every handler.
final class HTTPConnection: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    /// Requests whose head has come and whose answer has not gone whole. Answers keep the order of their requests: who answers
    /// one at once may do so only while it is the only one.
    private var unanswered = 0
    private let timeouts = RequestTimeouts()
    private let documents: KeptAnswers
    private let buffers: AnswerBuffers
    /// This handler's own.
    private var context: ChannelHandlerContext?
    /// Of the library's encoder: what is written from there has passed it.
    private var encoder: ChannelHandlerContext?
    private var mustFlush = false
    /// The bytes of an answer that was written and not sent.
    private var unsent: ByteBuffer?

    init(_ documents: [String: KeptDocument], _ buffers: AnswerBuffers) {
        (self.documents, self.buffers) = (KeptAnswers(documents), buffers)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        encoder = try? context.pipeline.syncOperations.context(handlerType: HTTPResponseEncoder.self)
        timeouts.begin(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        (self.context, encoder) = (nil, nil)
        timeouts.end()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timeouts.end()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if case .head = part { unanswered += 1 }
        timeouts.came(part, unanswered: unanswered, context)
        switch documents.take(part, isOnly: unanswered == 1) {
        case .answered(let answer):
            write(answer)
            mustFlush = true
        case .skipped: break
        case .passed:
            if unanswered == 1, ExpectedBody.isAwaited(part) {
                context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
            }
            context.fireChannelRead(data)
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if mustFlush {
            mustFlush = false
            encoder?.flush()
        }
        context.fireChannelReadComplete()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // While an earlier request is not answered, a second answer would be taken for its.
        guard unanswered == 0, let answer = HeadLimit.answer(to: error) else {
            context.fireErrorCaught(error)
            return
        }
        context.write(wrapOutboundOut(.head(answer.head)), promise: nil)
        context.write(wrapOutboundOut(.body(answer.body)), promise: nil)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { answered() }
        context.write(data, promise: promise)
    }

    /// Writes an answer past all handlers and the encoder; `flush` sends it.
    func write(_ answer: WholeAnswer) {
        var buffer = buffers.take()
        answer.write(to: &buffer)
        write(buffer)
        unsent = buffer
    }

    /// Sends the answer that was written, where there is one.
    func flush() {
        guard let buffer = unsent.take() else { return }
        encoder?.flush()
        buffers.giveBack(buffer)
    }

    private func write(_ answer: ByteBuffer) {
        answered()
        encoder?.write(NIOAny(IOData.byteBuffer(answer)), promise: nil)
    }

    private func answered() {
        unanswered -= 1
        if let context { timeouts.answered(unanswered: unanswered, context) }
    }
}
