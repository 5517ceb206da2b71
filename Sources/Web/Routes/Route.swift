import HTTPTypes
import Hummingbird

/// Who may call a route.
enum Permission: Hashable, Sendable {
    /// Anyone, unlimited: small answers that are cached.
    case anyone
    /// Anyone, within the request budget of their address.
    case anyoneWithinBudget
}

/// One address and method of the service.
struct Route: Sendable {
    typealias Handler = @Sendable (Request, WebContext) async throws -> Response

    let method: HTTPRequest.Method
    /// Hummingbird's pattern: `/status-lists/:id`.
    let path: String
    let permission: Permission
    let handler: Handler

    init(_ method: HTTPRequest.Method, _ path: String, _ permission: Permission, handler: @escaping Handler) {
        (self.method, self.path, self.permission, self.handler) = (method, path, permission, handler)
    }
}
