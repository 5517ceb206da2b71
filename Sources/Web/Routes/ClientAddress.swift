import HTTPTypes
import Hummingbird

/// Whom a request counts for.
enum ClientAddress {
    private static let forwardedFor = fieldName("X-Forwarded-For")

    /// The peer's address; behind a proxy the last address that the proxy wrote.
    static func whole(of request: Request, _ context: WebContext, isBehindProxy: Bool) -> String {
        if isBehindProxy, let last = request.headers[forwardedFor]?.split(separator: ",").last {
            return String(last.filter { $0 != " " }.prefix(64))
        }
        return context.remoteAddress?.ipAddress ?? ""
    }

    /// The whole address; IPv6 counts by its /64.
    static func text(of request: Request, _ context: WebContext, isBehindProxy: Bool) -> String {
        let address = whole(of: request, context, isBehindProxy: isBehindProxy)
        guard address.contains(":") else { return address }
        return address.split(separator: ":", omittingEmptySubsequences: false).prefix(4).joined(separator: ":")
    }
}
