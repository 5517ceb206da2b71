import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTPTypes

/// Answers requests of short routes (`Route.isShort`) with one task on the connection's event loop, whole request in, whole
/// answer out. The long way, a stream of parts each way for a task on another thread, costs a token more than its signature.
///
/// What is not plain goes the long way to the same route table: a body that is too long or broken, a request behind one that
/// went the long way and is not answered yet.
final class ShortRequests: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private enum State {
        case idle
        /// The request has not come whole.
        case collecting(HTTPRequest)
        /// Parts of it go on to the next handler.
        case passing
        /// Its task is at work. What comes meanwhile is kept, and no more is read.
        case answering
    }

    /// What came while an answer was made.
    private enum Kept {
        case part(HTTPRequestPart)
        case event(Any)
        case error(any Error)
    }

    private let table: RouteTable
    private let connection: HTTPConnection
    private let executors: LoopExecutors
    private let logger: Logger
    private var executor: LoopExecutor?
    private var state = State.idle
    /// Requests that went the long way and are not answered: answers keep the order of their requests.
    private var unanswered = 0
    /// What has come of the request's body; not in `state`, which would share the bytes and have them copied with every part.
    private var body = ByteBuffer()
    private var kept: [Kept] = []
    private var mustRead = false
    private var mustClose = false

    init(_ table: RouteTable, _ connection: HTTPConnection, _ executors: LoopExecutors, logger: Logger) {
        (self.table, self.connection, self.executors, self.logger) = (table, connection, executors, logger)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        executor = executors.executor(of: context.eventLoop)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        take(unwrapInboundIn(data), context)
    }

    private func take(_ part: HTTPRequestPart, _ context: ChannelHandlerContext) {
        switch (state, part) {
        case (.answering, _): kept.append(.part(part))
        case (.idle, .head(let head)) where unanswered == 0 && table.isShort(head) && isPlain(head):
            state = .collecting(head)
        case (.collecting, .body(let bytes)):
            if body.readableBytes == 0 { body = bytes } else { body.writeImmutableBuffer(bytes) }
            if body.readableBytes > Request.formLimit { passOn(context) }
        case (.collecting(let head), .end): answer(head, context)
        case (_, .head):
            unanswered += 1
            state = .passing
            context.fireChannelRead(wrapInboundOut(part))
        case (_, .end):
            state = .idle
            context.fireChannelRead(wrapInboundOut(part))
        case (_, .body): context.fireChannelRead(wrapInboundOut(part))
        }
    }

    private func isPlain(_ head: HTTPRequest) -> Bool {
        head.headerFields[.connection].map { ["keep-alive", "close"].contains($0.lowercased()) } ?? true
    }

    /// The collected part of a request goes the long way, and so does the rest of it.
    private func passOn(_ context: ChannelHandlerContext) {
        guard case .collecting(let head) = state else { return }
        state = .passing
        unanswered += 1
        context.fireChannelRead(wrapInboundOut(.head(head)))
        if body.readableBytes > 0 { context.fireChannelRead(wrapInboundOut(.body(body))) }
        body = ByteBuffer()
        let events = kept
        kept = []
        for case .event(let event) in events { context.fireUserInboundEventTriggered(event) }
    }

    private func answer(_ head: HTTPRequest, _ context: ChannelHandlerContext) {
        let (request, whole) = (Request(head: head, body: RequestBody(buffer: body)), body)
        body = ByteBuffer()
        let source = ApplicationRequestContextSource(channel: context.channel, logger: logger)
        let (table, channel) = (table, NIOLoopBound((self, context), eventLoop: context.eventLoop))
        state = .answering
        mustClose = head.headerFields[.connection]?.lowercased() == "close"
        Task(executorPreference: executor) {
            var web = WebContext(source: source)
            web.body = whole
            let answer = await table.wholeAnswer(to: request, context: web)
            let (handler, context) = channel.value
            handler.write(answer, context)
        }
    }

    /// On the event loop, which the task runs on.
    private func write(_ answer: WholeAnswer, _ context: ChannelHandlerContext) {
        guard case .answering = state else { return }
        state = .idle
        connection.write(answer)
        // What waited may have the connection closed, which takes back what was not sent.
        if mustClose || !kept.isEmpty { connection.flush() } else { executor?.sendSoon(connection) }
        if mustClose {
            state = .passing
            context.close(promise: nil)
            return
        }
        goOn(context)
    }

    /// What waited for the answer, as far as the next short request.
    private func goOn(_ context: ChannelHandlerContext) {
        let waiting = kept
        kept = []
        for each in waiting {
            switch each {
            case .part(let part): take(part, context)
            case .event(let event): userInboundEventTriggered(context: context, event: event)
            case .error(let error): errorCaught(context: context, error: error)
            }
        }
        if case .answering = state { return }
        // The next handler takes what it got only when it hears that this is all for now.
        if !waiting.isEmpty { context.fireChannelReadComplete() }
        if mustRead {
            mustRead = false
            context.read()
        }
    }

    func read(context: ChannelHandlerContext) {
        if case .answering = state, !kept.isEmpty { mustRead = true } else { context.read() }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { unanswered -= 1 }
        context.write(data, promise: promise)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch state {
        case .answering: kept.append(.event(event))
        // That the service stops: the request that has begun is still answered.
        case .collecting where event is ChannelShouldQuiesceEvent: kept.append(.event(event))
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .answering = state {
            kept.append(.error(error))
            return
        }
        passOn(context)
        context.fireErrorCaught(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        state = .passing
        kept = []
        context.fireChannelInactive()
    }
}
