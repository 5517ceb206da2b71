import NIOCore
import NIOHTTPTypes

/// Closes connections whose request does not come in time: the head within 10 seconds of the connection, the body within
/// 30 of its head, the next head within 30 of the last answer.
final class RequestTimeouts: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private static let head = TimeAmount.seconds(10)
    private static let body = TimeAmount.seconds(30)
    private static let nextHead = TimeAmount.seconds(30)

    /// `nil` while a request that has come whole is answered.
    private var deadline: NIODeadline?
    /// One look at the deadline is always planned; a deadline that moves away plans no other, which is cheap.
    private var look: (task: Scheduled<Void>, at: NIODeadline)?
    private var unanswered = 0

    func handlerAdded(context: ChannelHandlerContext) {
        expect(within: Self.head, context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        look?.task.cancel()
        look = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        look?.task.cancel()
        look = nil
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            unanswered += 1
            expect(within: Self.body, context)
        case .body: break
        // Answered before it was read to its end: what follows is the next request.
        case .end: if unanswered == 0 { expect(within: Self.nextHead, context) } else { deadline = nil }
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            unanswered -= 1
            if unanswered <= 0 { expect(within: Self.nextHead, context) }
        }
        context.write(data, promise: promise)
    }

    private func expect(within time: TimeAmount, _ context: ChannelHandlerContext) {
        let deadline = NIODeadline.now() + time
        self.deadline = deadline
        if let look, look.at <= deadline { return }
        look?.task.cancel()
        plan(at: deadline, context)
    }

    private func plan(at deadline: NIODeadline, _ context: ChannelHandlerContext) {
        let task = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) { self.check(context) }
        look = (task, deadline)
    }

    private func check(_ context: ChannelHandlerContext) {
        look = nil
        guard let deadline else { return }
        if deadline <= NIODeadline.now() {
            context.close(promise: nil)
        } else {
            plan(at: deadline, context)
        }
    }
}
