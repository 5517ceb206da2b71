import Credentials
import Hummingbird
import Licensing
import Primitives

/// `GET /v1/licenses/{number}/credential`: what anyone may see of a license, signed: nothing personal.
struct CredentialRoutes: Sendable {
    let ports: WebPorts

    var routes: [Route] {
        [
            Route(.get, "/v1/licenses/:number/credential", .anyoneWithinBudget) { _, context in
                try await credential(context)
            }
        ]
    }

    private func credential(_ context: WebContext) async throws -> Response {
        guard let number = context.parts["number"].flatMap({ LicenseNumber($0) }),
            let text = try await ports.credential(number),
            let credential = try? SDJWT(parsing: text, hashing: ports.hashing)
        else { throw Problem(status: .notFound, detail: "There is no such license here.") }
        return .bytes(Array(credential.withoutDisclosures().utf8), type: "application/dc+sd-jwt")
    }
}
