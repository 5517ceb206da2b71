import JOSE
package import Primitives

/// `/introspect` (RFC 7662): whether a token is good now. A portal learns of its own tokens, a resource portal of those made
/// for it; everything else is one word.
package struct Introspect: Sendable {
    private static let inactive = JSONObject([("active", false)])

    private let signOn: SignOn
    private let authentication: ClientAuthentication
    private let reader: AccessTokenReader

    package init(_ signOn: SignOn, memory: TokenMemory) {
        self.signOn = signOn
        authentication = ClientAuthentication(signOn, memory: memory)
        reader = AccessTokenReader(signOn: signOn, memory: memory)
    }

    /// - Throws: `TokenRefusal`, or what ports throw.
    package func introspect(_ request: TokenRequest) async throws -> JSONObject {
        let portal = try await authentication.authenticate(request)
        guard let text = request.parameters["token"] else { throw TokenRefusal.missingParameter("token") }
        let at = signOn.clock.now()
        if let token = RefreshToken(claimedBy: text) {
            return try await answer(token, text: text, to: portal, at: at) ?? Introspect.inactive
        }
        guard let token = reader.token(text), token.clientID == portal.id || token.isFor(portal),
            try await reader.isLive(token, at: at)
        else { return Introspect.inactive }
        return answer(token)
    }

    private func answer(_ token: AccessToken) -> JSONObject {
        var answer = JSONObject([
            ("active", true), ("token_type", token.keyThumbprint == nil ? "Bearer" : "DPoP"),
        ])
        token.eachClaim(issuer: signOn.directory.issuer) { name, value in
            if name != "gid" && name != "from" { answer[name] = value }
        }
        return answer
    }

    /// `nil` unless the token would be refreshed now.
    private func answer(
        _ token: RefreshToken, text: String, to portal: Portal, at: Instant
    ) async throws -> JSONObject? {
        guard let record = try await signOn.books.family(token.family), record.family.portalID == portal.id,
            token.matches(text, portalID: portal.id, keyThumbprint: record.family.keyThumbprint, mac: signOn.mac),
            token.generation == record.family.generation, record.family.isLive(at: at),
            let live = try await signOn.books.live(record.grant.id, token: "", at: at)
        else { return nil }
        return JSONObject([
            ("active", true), ("iss", .string(signOn.directory.issuer)), ("client_id", .string(portal.id)),
            ("sub", .string(live.grant.subject)), ("scope", .string(live.grant.scopes.joined(separator: " "))),
            ("iat", NumericDate.value(record.family.createdAt)),
            ("exp", NumericDate.value(min(record.family.idleUntil, record.family.expiresAt))),
        ])
    }
}

extension RefreshFamily {
    func isLive(at instant: Instant) -> Bool {
        endedAt == nil && instant < idleUntil && instant < expiresAt
    }
}
