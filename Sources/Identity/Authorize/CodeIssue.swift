import Audit
import Primitives

/// The end of a flow: a grant and its code, in one transaction with all that is written about them.
struct CodeIssue: Sendable {
    let signOn: SignOn

    /// - Parameter answered: what the person was asked or told just now.
    /// - Returns: the address at the portal; `nil` when session or account ended meanwhile.
    func issue(
        _ request: AuthorizationRequest, portal: Portal, live: LiveSession, answered: Acknowledgement?
    ) async throws -> String? {
        let now = signOn.clock.now()
        let secret = OpaqueSecret(from: signOn.randomness)
        let grant = try grant(request, portal: portal, live: live, at: now)
        let code = AuthorizationCode(
            hash: secret.hash(signOn.hashing), grantID: grant.id, portalID: portal.id,
            redirectURI: request.redirectURI, challenge: request.challenge, keyThumbprint: request.keyThumbprint,
            nonce: request.nonce, issuedAt: now, expiresAt: now.adding(seconds: signOn.policy.tokens.code))
        let data = StandardClaims.data(scopes: request.scopes, claims: request.claims)
        let history = HistoryEntry(
            accountID: live.account.id, at: now, event: .dataSent(portalID: portal.id, data: data))
        let new = NewGrant(
            grant: grant, code: code, acknowledgement: answered, history: history,
            sessionIdleUntil: now.adding(seconds: signOn.policy.session.idle))
        let entries = entries(grant, portal: portal, answered: answered)
        guard try await signOn.books.open(new, entries: entries) else { return nil }
        return signOn.location(request, [("code", secret.exposedText)])
    }

    private func grant(
        _ request: AuthorizationRequest, portal: Portal, live: LiveSession, at now: Instant
    ) throws -> Grant {
        let canRefresh = portal.grants.contains(.refreshToken)
        let isOffline = canRefresh && request.scopes.contains("offline_access")
        let tokens = signOn.policy.tokens
        let end = isOffline ? now.adding(seconds: tokens.refreshAbsolute) : live.session.expiresAt
        return Grant(
            id: Identifier(at: now, from: signOn.randomness), accountID: live.account.id, portalID: portal.id,
            sessionID: live.session.id, scopes: request.scopes, resources: request.resources,
            claims: request.claims, subject: try signOn.subject(of: live.account, for: portal),
            level: live.session.level, isOffline: isOffline, createdAt: now,
            expiresAt: end.adding(seconds: tokens.code + tokens.access))
    }

    private func entries(_ grant: Grant, portal: Portal, answered: Acknowledgement?) -> [AuditEntry] {
        var entries: [AuditEntry] = []
        if let answered {
            let details = JSONObject([
                ("portal", .string(portal.id)), ("data", .string(answered.data.joined(separator: " "))),
                ("kind", answered.isAgreement ? "agreed" : "told"),
            ])
            entries.append(
                AuditEntry(
                    .consentGiven, at: grant.createdAt, department: portal.departmentID,
                    actor: grant.accountID.description, object: portal.id, details: details))
        }
        let details = JSONObject([
            ("portal", .string(portal.id)), ("scope", .string(grant.scopes.joined(separator: " "))),
            ("acr", .string(grant.level.acr.rawValue)),
        ])
        entries.append(
            AuditEntry(
                .codeIssued, at: grant.createdAt, department: portal.departmentID, actor: grant.accountID.description,
                object: grant.id.description, details: details))
        return entries
    }
}
