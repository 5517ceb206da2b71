import HTTPTypes
import Hummingbird
import Primitives

/// Every route of the service with its permission.
struct RouteList: Sendable {
    let routes: [Route]
    private let budget = RequestBudget(capacity: 240, perSecond: 20)
    private let isHTTPS: Bool
    private let isBehindProxy: Bool
    private let clock: any Clock

    init(_ routes: [Route], issuerURL: String, isBehindProxy: Bool, clock: any Clock) {
        (self.routes, isHTTPS) = (routes, issuerURL.hasPrefix("https:"))
        (self.isBehindProxy, self.clock) = (isBehindProxy, clock)
    }

    /// - Throws: when a page's template cannot be compiled.
    init(_ ports: WebPorts) throws {
        let signOn = try ports.signOn.map { try SignOnDesk($0, isBehindProxy: ports.isBehindProxy).routes }
        self.init(
            HealthRoutes(ports: ports).routes + StatusRoutes(ports: ports).routes
                + VerificationRoutes(ports: ports).routes + CredentialRoutes(ports: ports).routes + (signOn ?? []),
            issuerURL: ports.issuerURL, isBehindProxy: ports.isBehindProxy, clock: ports.clock)
    }

    /// A router that answers each path, and 405 for its other methods.
    func router() -> Router<WebContext> {
        let router = Router(context: WebContext.self)
        router.add(middleware: SecurityHeaders(isHTTPS: isHTTPS))
        router.add(middleware: ProblemMiddleware())
        for (path, routes) in Dictionary(grouping: routes, by: \.path) {
            let allowed = self.allowed(routes)
            for method in Self.methods {
                let route = routes.first {
                    $0.method == method || ($0.answersHead && $0.method == .get && method == .head)
                }
                router.on(RouterPath(path), method: method) { request, context in
                    guard let route else { throw Problem.methodNotAllowed(allowed: allowed) }
                    return try await answer(route, request, context)
                }
            }
        }
        return router
    }

    private static let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options]

    private func allowed(_ routes: [Route]) -> [HTTPRequest.Method] {
        routes.flatMap { $0.method == .get && $0.answersHead ? [.get, .head] : [$0.method] }
    }

    private func answer(_ route: Route, _ request: Request, _ context: WebContext) async throws -> Response {
        if route.permission == .anyoneWithinBudget {
            let address = ClientAddress.text(of: request, context, isBehindProxy: isBehindProxy)
            guard budget.spend(address, at: clock.now()) else { throw Problem.tooManyRequests(retryAfter: 5) }
        }
        let response = try await route.handler(request, context)
        return request.method == .head ? response.createHeadResponse() : response
    }
}
