import Hummingbird
import Licensing
import Primitives

/// Status and trust for verifiers, with or without a network.
struct StatusRoutes: Sendable {
    let ports: WebPorts

    var routes: [Route] {
        [
            Route(.get, "/status-lists/:id", .anyone) { request, context in try await statusList(request, context) },
            Route(.get, "/crl/:file", .anyone) { request, context in try revocationList(request, context) },
            Route(.get, "/bundle", .anyoneWithinBudget) { request, _ in try await bundle(request) },
        ]
    }

    private func statusList(_ request: Request, _ context: WebContext) async throws -> Response {
        guard let text = context.parts["id"], let list = Int(text), text == String(list),
            let signed = try await ports.statusLists.list(list, at: ports.clock.now())
        else { throw Problem.notFound }
        return .cached(
            Array(signed.text.utf8), type: "application/statuslist+jwt", tag: signed.tag, seconds: 60, for: request)
    }

    private func revocationList(_ request: Request, _ context: WebContext) throws -> Response {
        let file = context.parts["file"] ?? ""
        let lists = try ports.trust.revocationLists(at: ports.clock.now())
        guard file.hasSuffix(".crl"), let list = lists[String(file.dropLast(4))] else { throw Problem.notFound }
        let tag = Base64.encodeURL(Array(ports.hashing.sha256(list).bytes.prefix(12)))
        return .cached(list, type: "application/pkix-crl", tag: tag, seconds: 600, for: request)
    }

    private func bundle(_ request: Request) async throws -> Response {
        let bundle = try await ports.bundles.published(at: ports.clock.now())
        var response = Response.bytes(bundle, type: "application/jwt")
        response.headers[.accessControlAllowOrigin] = "*"
        return response
    }
}
