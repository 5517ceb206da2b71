import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Answers plain requests for documents that are the same for everybody on the event loop, before any task: portals ask for
/// them most. What is not plain (a tag, another method, a query, a connection to be closed) goes the long way to the same
/// document.
final class KeptAnswers: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let documents: [String: KeptDocument]
    /// Requests of this connection that went the long way and are not answered: answers keep the order of their requests.
    private var unanswered = 0
    /// The rest of a request that is answered already is not for anybody.
    private var isSkipping = false
    private var hasWritten = false

    init(_ documents: [String: KeptDocument]) {
        self.documents = documents
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            if unanswered == 0, let document = document(for: head) {
                isSkipping = true
                answer(document.current(), context)
                return
            }
            unanswered += 1
        case .body: if isSkipping { return }
        case .end:
            if isSkipping {
                isSkipping = false
                return
            }
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if hasWritten {
            hasWritten = false
            context.flush()
        }
        context.fireChannelReadComplete()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { unanswered -= 1 }
        context.write(data, promise: promise)
    }

    private func document(for head: HTTPRequest) -> KeptDocument? {
        guard head.method == .get, let path = head.path, let document = documents[path] else { return nil }
        for field in head.headerFields {
            if field.name == .ifNoneMatch { return nil }
            if field.name == .connection, field.value.lowercased() != "keep-alive" { return nil }
        }
        return document
    }

    private func answer(_ kept: KeptDocument.Kept, _ context: ChannelHandlerContext) {
        context.write(wrapOutboundOut(.head(kept.head)), promise: nil)
        context.write(wrapOutboundOut(.body(kept.body)), promise: nil)
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        hasWritten = true
    }
}
