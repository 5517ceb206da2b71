import NIOCore
import NIOHTTPTypes

/// Closes a connection whose request does not come in time: the head within 10 seconds of the connection, the body within
/// 30 of its head, the next head within 30 of the last answer.
final class RequestTimeouts {
    private static let head = TimeAmount.seconds(10)
    private static let body = TimeAmount.seconds(30)
    private static let nextHead = TimeAmount.seconds(30)

    /// `nil` while a request that has come whole is answered.
    private var deadline: NIODeadline?
    /// One look at the deadline is always planned; a deadline that moves away plans no other, which is cheap.
    private var look: (task: Scheduled<Void>, at: NIODeadline)?

    func begin(_ context: ChannelHandlerContext) {
        expect(within: Self.head, context)
    }

    func end() {
        look?.task.cancel()
        look = nil
    }

    /// - Parameter unanswered: requests that wait for their answer, this one among them.
    func came(_ part: HTTPRequestPart, unanswered: Int, _ context: ChannelHandlerContext) {
        switch part {
        case .head: expect(within: Self.body, context)
        case .body: break
        // Answered before it was read to its end: what follows is the next request.
        case .end: if unanswered == 0 { expect(within: Self.nextHead, context) } else { deadline = nil }
        }
    }

    func answered(unanswered: Int, _ context: ChannelHandlerContext) {
        if unanswered <= 0 { expect(within: Self.nextHead, context) }
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
