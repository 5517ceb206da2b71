import Credentials
import Hummingbird
import Licensing
import Primitives

/// `GET /v1/licenses/{number}/credential`: what anyone may see of a license, signed: nothing personal. With a token of its
/// department all of it.
struct CredentialRoutes: Sendable {
    let ports: WebPorts
    /// `nil`: a service without sign-on, where nobody sees more than anyone.
    let gate: LicenseGate?

    var routes: [Route] {
        [
            Route(.get, "/v1/licenses/:number/credential", .anyoneWithinBudget) { request, context in
                try await credential(request, context)
            }
        ]
    }

    private func credential(_ request: Request, _ context: WebContext) async throws -> Response {
        // A token that opens nothing is refused, never ignored: whoever sends one wants all.
        let seesAll = gate != nil && request.headers[.authorization] != nil
        let holder = seesAll ? try await gate?.holder(of: request, scope: .read) : nil
        guard let number = context.licenseNumber, let record = try await ports.register.record(of: number) else {
            throw Problem.unknownLicense
        }
        if let holder { try await gate?.admit(holder, to: record.departmentID, scope: .read, number: number) }
        guard let text = try await ports.credential(number) else { throw Problem.noDocument }
        if holder != nil { return answer(text) }
        return answer(try SDJWT(parsing: text, hashing: ports.hashing).withoutDisclosures())
    }

    private func answer(_ text: String) -> Response {
        .bytes(Array(text.utf8), type: "application/dc+sd-jwt")
    }
}
