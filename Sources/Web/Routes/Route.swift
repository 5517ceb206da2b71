import HTTPTypes
import Hummingbird

/// Who may call a route.
enum Permission: Hashable, Sendable {
    /// Anyone, unlimited: small answers that are cached.
    case anyone
    /// Anyone, within the request budget of their address.
    case anyoneWithinBudget
    /// A portal that proves who it is, as its policy asks; the operation checks.
    case portal
    /// A portal likewise, within the request budget of its address: who may name a public one need prove nothing.
    case portalWithinBudget
    /// Whoever brings an access token of this provider with the scope; the operation checks.
    case accessToken(scope: String)
    /// A browser with the form of its own page: the sealed flow or the form token in it, and the cookie it belongs to; the
    /// operation checks.
    case formOfOwnPage

    /// Whether requests count for the budget of their address.
    var isWithinBudget: Bool { self == .anyoneWithinBudget || self == .portalWithinBudget }
}

/// One address and method of the service.
struct Route: Sendable {
    typealias Handler = @Sendable (Request, WebContext) async throws -> Response

    let method: HTTPRequest.Method
    /// Byte by byte; `:name` stands for one part: `/status-lists/:id`.
    let path: String
    let permission: Permission
    /// Whether a GET route answers HEAD too: not where asking alone brings something on its way.
    let answersHead: Bool
    /// Whether refusals are OAuth error objects, else problem documents.
    let isOAuth: Bool
    /// Whether an answer takes less than a millisecond of computing: such work may be done on the connection's event loop (`ShortRequests`).
    let isShort: Bool
    let handler: Handler

    init(
        _ method: HTTPRequest.Method, _ path: String, _ permission: Permission, answersHead: Bool = true,
        isOAuth: Bool = false, isShort: Bool = false, handler: @escaping Handler
    ) {
        (self.method, self.path, self.permission) = (method, path, permission)
        (self.answersHead, self.isOAuth, self.isShort, self.handler) = (answersHead, isOAuth, isShort, handler)
    }
}
