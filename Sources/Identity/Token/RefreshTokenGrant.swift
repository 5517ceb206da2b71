import Audit
import Primitives

/// `refresh_token` (RFC 6749 §6, RFC 9700 §4.14): public portals get a successor, the others keep their token
/// (FAPI 2.0 §5.3.2.1).
struct RefreshTokenGrant: TokenGrant {
    let signOn: SignOn

    func redeem(_ request: GrantRequest) async throws -> Entitlement {
        let text = try request.required("refresh_token")
        let tokens = RefreshTokens(signOn: signOn)
        // A token that began without a key goes on without one, also where the portal proves one by now.
        let keys = [tokens.boundKey(request.keyThumbprint, of: request.portal), nil]
        guard let token = RefreshToken(claimedBy: text),
            let boundKey = keys.first(where: {
                token.matches(text, portalID: request.portal.id, keyThumbprint: $0, mac: signOn.mac)
            })
        else { throw TokenRefusal.refreshToken }
        try await checkBeforeUse(token, request)
        let (live, generation) = try await use(token, request)
        var entitlement = Entitlement(
            live, scopes: try scopes(live.grant, request), audiences: try audiences(live.grant, request))
        // The same generation is the same text: there is one way to write it.
        entitlement.refreshToken =
            generation == token.generation
            ? text : tokens.text(token.family, generation, portal: request.portal, boundKey: boundKey)
        entitlement.hasIDToken = asksForIDToken(request)
        return entitlement
    }

    /// OpenID Connect Core §12.2 leaves it open. Most portals refresh to call a service; who wants to hear of the person again
    /// says so.
    private func asksForIDToken(_ request: GrantRequest) -> Bool {
        request.parameters["scope"]?.words.contains("openid") ?? false
    }

    /// A request that asks for too much must not cost the token. Only such a request pays for the look.
    private func checkBeforeUse(_ token: RefreshToken, _ request: GrantRequest) async throws {
        guard request.parameters["scope"] != nil || request.parameters["resource"] != nil else { return }
        guard let record = try await signOn.books.family(token.family) else { throw TokenRefusal.refreshToken }
        _ = try scopes(record.grant, request)
        _ = try audiences(record.grant, request)
    }

    /// Never more than was granted, nor than the portal's policy allows by now.
    private func scopes(_ grant: Grant, _ request: GrantRequest) throws(TokenRefusal) -> [String] {
        try ScopeList.requested(
            request.parameters["scope"], allowed: grant.scopes.filter { request.portal.scopes.contains($0) })
    }

    private func audiences(_ grant: Grant, _ request: GrantRequest) throws(TokenRefusal) -> [String] {
        try Audiences(directory: signOn.directory, portal: request.portal).requested(
            request.parameters.all("resource"), granted: grant.resources, acr: grant.level.acr)
    }

    private func use(_ token: RefreshToken, _ request: GrantRequest) async throws -> (LiveGrant, generation: Int) {
        let policy = signOn.policy
        let use = RefreshUse(
            family: token.family, generation: token.generation, rotates: !request.portal.isConfidential,
            grace: policy.tokens.refreshGrace, at: request.at,
            idleUntil: request.at.adding(seconds: policy.tokens.refreshIdle),
            sessionIdleUntil: request.at.adding(seconds: policy.session.idle), proof: request.proof)
        let outcome = try await signOn.books.refresh(use) { outcome in
            switch outcome {
            case .refreshed(let live, let generation):
                // The policy may allow less than was granted: such a request must not cost the token either.
                _ = try (scopes(live.grant, request), audiences(live.grant, request))
                return [
                    request.entry(
                        .tokenRefreshed, account: live.account.id, grant: live.grant.id,
                        leading: [("generation", .integer(generation))])
                ]
            case .replayed: return [request.refusal(.refreshReplayed, grant: nil)]
            case .dead: return []
            }
        }
        switch outcome {
        case .refreshed(let live, let generation): return (live, generation)
        case .replayed: throw TokenRefusal.booked(.refreshToken)
        case .dead: throw TokenRefusal.refreshToken
        }
    }
}
