import Hummingbird
import Licensing
import Primitives

/// For whoever watches over the service.
struct HealthRoutes: Sendable {
    let ports: WebPorts

    var routes: [Route] {
        [
            Route(.get, "/health/live", .anyone) { _, _ in .json(["status": "live"]) },
            Route(.get, "/health/ready", .anyone) { _, _ in try await ready() },
        ]
    }

    /// Ready means that the register answers.
    private func ready() async throws -> Response {
        do {
            _ = try await ports.register.statusLists()
            return .json(["status": "ready"])
        } catch {
            throw Problem(status: .serviceUnavailable, detail: "The register does not answer.")
        }
    }
}
