import HTTPTypes
import Hummingbird
import Primitives

/// Answers each request by its path and method: one look into a table, then the handler, then the headers that every answer
/// carries. Errors become answers here and in `OAuthRoute` and `SignOnDesk.page`, never in a handler.
struct RouteTable: HTTPResponder {
    typealias Context = WebContext

    /// All routes of one path.
    private struct Place {
        let routes: [Route]
        let allowed: [HTTPRequest.Method]
        /// The path with its `:name` parts, where it has any.
        let segments: [Substring]
    }

    private let places: [String: Place]
    private let patterns: [Place]
    /// Seconds that who is beyond the budget is told to wait.
    private static let pause = 5
    private let budget = RequestBudget(capacity: 240, perSecond: 20)
    private let headers: SecurityHeaders
    private let isBehindProxy: Bool
    let clock: any Clock
    let dates = DateLine()

    init(_ routes: [Route], headers: SecurityHeaders, isBehindProxy: Bool, clock: any Clock) {
        (self.headers, self.isBehindProxy, self.clock) = (headers, isBehindProxy, clock)
        let all = Dictionary(grouping: routes, by: \.path).mapValues { RouteTable.place($0) }
        places = all.filter { !$0.key.contains(":") }
        patterns = all.filter { $0.key.contains(":") }.map(\.value)
    }

    private static func place(_ routes: [Route]) -> Place {
        let allowed = routes.flatMap { route -> [HTTPRequest.Method] in
            route.method == .get && route.answersHead ? [.get, .head] : [route.method]
        }
        return Place(routes: routes, allowed: allowed, segments: segments(routes.first?.path ?? ""))
    }

    private static func segments(_ path: String) -> [Substring] {
        path.split(separator: "/", omittingEmptySubsequences: false)
    }

    @concurrent
    func respond(to request: Request, context: WebContext) async throws -> Response {
        var context = context
        var response: Response
        do {
            guard let place = place(of: request.uri.path, &context) else { throw Problem.notFound }
            response = try await answer(place, request, context)
        } catch {
            response = Problem(of: error, limit: context.maxUploadSize, logger: context.logger).response
        }
        headers.add(to: &response.headers)
        return response
    }

    /// Whether one of its own routes answers the request shortly: such a path has no named parts.
    func isShort(_ head: HTTPRequest) -> Bool {
        guard let target = head.path else { return false }
        let path = target.utf8.firstIndex(of: UInt8(ascii: "?")).map { String(target[..<$0]) } ?? target
        return places[path]?.routes.contains { $0.isShort && $0.method == head.method } ?? false
    }

    private func place(of path: String, _ context: inout WebContext) -> Place? {
        if let place = places[path] { return place }
        let segments = RouteTable.segments(path)
        for place in patterns {
            guard let parts = match(segments, place.segments) else { continue }
            context.parts = parts
            return place
        }
        return nil
    }

    /// What stands at the named parts of a pattern; `nil` when the rest differs or a part is empty.
    private func match(_ segments: [Substring], _ pattern: [Substring]) -> [String: String]? {
        guard segments.count == pattern.count else { return nil }
        var parts: [String: String] = [:]
        for (segment, expected) in zip(segments, pattern) {
            if expected.hasPrefix(":") {
                guard !segment.isEmpty else { return nil }
                parts[String(expected.dropFirst())] = String(segment)
            } else if segment != expected {
                return nil
            }
        }
        return parts
    }

    private func answer(_ place: Place, _ request: Request, _ context: WebContext) async throws -> Response {
        let found = place.routes.first {
            $0.method == request.method || ($0.answersHead && $0.method == .get && request.method == .head)
        }
        guard let route = found else {
            let problem = Problem.methodNotAllowed(allowed: place.allowed)
            if place.routes.contains(where: \.isOAuth) { return OAuthProblem.response(to: problem) }
            throw problem
        }
        if route.permission.isWithinBudget {
            let address = ClientAddress.text(of: request, context, isBehindProxy: isBehindProxy)
            guard budget.spend(address, at: clock.now()) else {
                let problem = Problem.tooManyRequests(retryAfter: RouteTable.pause)
                if route.isOAuth { return OAuthProblem.response(to: problem) }
                throw problem
            }
        }
        let response = try await route.handler(request, context)
        return request.method == .head ? response.createHeadResponse() : response
    }
}
