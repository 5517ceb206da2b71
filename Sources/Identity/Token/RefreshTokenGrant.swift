import Audit
import Primitives

/// `refresh_token` (RFC 6749 §6, RFC 9700 §4.14): public portals get a successor, the others keep their token
/// (FAPI 2.0 §5.3.2.1).
struct RefreshTokenGrant: TokenGrant {
    let signOn: SignOn

    func redeem(_ request: GrantRequest) async throws -> Entitlement {
        let text = try request.required("refresh_token")
        let boundKey = RefreshTokens(signOn: signOn).boundKey(request.keyThumbprint, of: request.portal)
        guard let token = RefreshToken(claimedBy: text),
            token.matches(text, portalID: request.portal.id, keyThumbprint: boundKey, mac: signOn.mac)
        else { throw TokenRefusal.refreshToken }
        try await checkBeforeUse(token, request)
        let (live, generation) = try await use(token, request)
        var entitlement = Entitlement(
            live, scopes: try ScopeList.requested(request.parameters["scope"], allowed: live.grant.scopes),
            audiences: try audiences(live.grant, request))
        entitlement.refreshToken = RefreshTokens(signOn: signOn).text(
            family: token.family, generation: generation, for: request)
        return entitlement
    }

    /// A request that asks for too much must not cost the token. Only such a request pays for the look.
    private func checkBeforeUse(_ token: RefreshToken, _ request: GrantRequest) async throws {
        guard request.parameters["scope"] != nil || request.parameters["resource"] != nil else { return }
        guard let record = try await signOn.books.family(token.family) else { throw TokenRefusal.refreshToken }
        _ = try ScopeList.requested(request.parameters["scope"], allowed: record.grant.scopes)
        _ = try audiences(record.grant, request)
    }

    private func audiences(_ grant: Grant, _ request: GrantRequest) throws(TokenRefusal) -> [String] {
        try Audiences(directory: signOn.directory).requested(
            request.parameters.all("resource"), granted: grant.resources)
    }

    private func use(_ token: RefreshToken, _ request: GrantRequest) async throws -> (LiveGrant, generation: Int) {
        let policy = signOn.policy
        let use = RefreshUse(
            family: token.family, generation: token.generation, rotates: !request.portal.isConfidential,
            grace: policy.tokens.refreshGrace, at: request.at,
            idleUntil: request.at.adding(seconds: policy.tokens.refreshIdle),
            sessionIdleUntil: request.at.adding(seconds: policy.session.idle))
        let outcome = try await signOn.books.refresh(use) { outcome in
            switch outcome {
            case .refreshed(let live, let generation):
                [
                    request.entry(
                        .tokenRefreshed, account: live.account.id, grant: live.grant.id,
                        details: [("generation", .integer(generation))])
                ]
            case .replayed: [request.refusal(.refreshReplayed, grant: nil)]
            case .dead: [request.refusal(.tokenRefused, grant: nil)]
            }
        }
        guard case .refreshed(let live, let generation) = outcome else { throw TokenRefusal.booked(.refreshToken) }
        return (live, generation)
    }
}
