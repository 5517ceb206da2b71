import Audit
import Primitives

/// `/revoke` (RFC 7009): a portal gives a token back. A refresh token takes its whole grant with it (§2.1).
package struct Revoke: Sendable {
    private let signOn: SignOn
    private let authentication: ClientAuthentication
    private let reader: AccessTokenReader
    private let refusals: RefusalLog

    package init(_ signOn: SignOn, memory: TokenMemory) {
        self.signOn = signOn
        authentication = ClientAuthentication(signOn, memory: memory)
        reader = AccessTokenReader(signOn: signOn, memory: memory)
        refusals = RefusalLog(signOn, budget: memory.refusals)
    }

    /// Returns for unknown tokens too (§2.2).
    ///
    /// - Throws: `TokenRefusal`, or what ports throw.
    package func revoke(_ request: TokenRequest) async throws {
        let portal = try await authentication.authenticate(request)
        guard let text = request.parameters["token"] else { throw TokenRefusal.missingParameter("token") }
        do {
            if let token = RefreshToken(claimedBy: text) {
                try await revoke(token, text: text, of: portal)
            } else if let token = reader.token(text) {
                try await revoke(token, of: portal)
            }
        } catch let refusal as TokenRefusal {
            try await refusals.note(refusal, portal: portal, endpoint: request.endpoint)
            throw refusal
        }
    }

    private func revoke(_ token: AccessToken, of portal: Portal) async throws {
        guard token.clientID == portal.id else { throw TokenRefusal.foreignToken }
        let at = signOn.clock.now()
        guard at < token.expiresAt else { return }
        let entry = entry(portal, grant: token.grantID, details: [("token", .string(token.id))], at: at)
        _ = try await signOn.books.revoke(token: token.id, until: token.expiresAt, entries: [entry])
    }

    private func revoke(_ token: RefreshToken, text: String, of portal: Portal) async throws {
        guard let record = try await signOn.books.family(token.family) else { return }
        let family = record.family
        guard
            token.matches(text, portalID: family.portalID, keyThumbprint: family.keyThumbprint, mac: signOn.mac)
        else { return }
        guard family.portalID == portal.id else { throw TokenRefusal.foreignToken }
        let at = signOn.clock.now()
        let entry = entry(portal, grant: record.grant.id, details: [("grantEnded", true)], at: at)
        _ = try await signOn.books.end(record.grant.id, at: at, entries: [entry])
    }

    private func entry(
        _ portal: Portal, grant: Identifier<Grant>?, details: [(String, JSONValue)], at: Instant
    ) -> AuditEntry {
        AuditEntry(
            .tokenRevoked, at: at, department: portal.departmentID, actor: portal.id, object: grant?.description,
            details: JSONObject([("portal", .string(portal.id))] + details))
    }
}
