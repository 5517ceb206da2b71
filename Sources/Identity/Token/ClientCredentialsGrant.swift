import Audit
import Primitives

/// `client_credentials` (RFC 6749 §4.4): a portal acts for itself. There is no row, but there is an entry.
struct ClientCredentialsGrant: TokenGrant {
    let signOn: SignOn

    func redeem(_ request: GrantRequest) async throws -> Entitlement {
        guard request.portal.isConfidential else { throw TokenRefusal.grantNotAllowed }
        let allowed = request.portal.scopes.filter { !ScopeList.personal.contains($0) }
        let scopes = try ScopeList.requested(request.parameters["scope"], allowed: allowed)
        let audiences = try Audiences(directory: signOn.directory, portal: request.portal, isPersonal: false)
            .requested(request.parameters.all("resource"))
        try await signOn.books.append(request.entry(.tokenIssued, account: nil, grant: nil))
        return Entitlement(subject: request.portal.id, scopes: scopes, audiences: audiences)
    }
}
