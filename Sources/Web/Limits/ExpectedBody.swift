import HTTPTypes
import NIOHTTPTypes

/// Clients that wait to be told to send their body (RFC 9110 §10.1.1); without an answer some wait a second each time.
enum ExpectedBody {
    static func isAwaited(_ part: HTTPRequestPart) -> Bool {
        guard case .head(let head) = part else { return false }
        return head.headerFields[.expect]?.lowercased() == "100-continue"
    }
}
