import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Answers plain requests for documents that are the same for everybody on the event loop, before any task: portals ask for
/// them most. What is not plain (a tag, another method, a query, a connection to be closed) goes the long way to the same
/// document.
final class KeptAnswers {
    enum Taken {
        case answered(ByteBuffer)
        /// The rest of a request that is answered already is not for anybody.
        case skipped
        case passed
    }

    private let documents: [String: KeptDocument]
    private var isSkipping = false

    init(_ documents: [String: KeptDocument]) {
        self.documents = documents
    }

    /// - Parameter isOnly: no earlier request of the connection waits for its answer.
    func take(_ part: HTTPRequestPart, isOnly: Bool) -> Taken {
        switch part {
        case .head(let head):
            guard isOnly, let document = document(for: head) else { return .passed }
            isSkipping = true
            return .answered(document.current().answer)
        case .body: return isSkipping ? .skipped : .passed
        case .end:
            defer { isSkipping = false }
            return isSkipping ? .skipped : .passed
        }
    }

    private func document(for head: HTTPRequest) -> KeptDocument? {
        guard head.method == .get, let path = head.path, let document = documents[path] else { return nil }
        for field in head.headerFields {
            if field.name == .ifNoneMatch { return nil }
            if field.name == .connection, field.value.lowercased() != "keep-alive" { return nil }
        }
        return document
    }
}
