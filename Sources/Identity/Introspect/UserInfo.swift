package import Primitives

/// `/userinfo` (OpenID Connect Core §5.3): what the grant allows to be told of the person, as it is now.
package struct UserInfo: Sendable {
    private let tokens: AccessTokens

    package init(_ signOn: SignOn, memory: TokenMemory) {
        tokens = AccessTokens(signOn, memory: memory)
    }

    /// - Throws: `ResourceRefusal`, or what ports throw.
    package func userInfo(_ request: ResourceRequest) async throws -> JSONObject {
        let holder = try await tokens.authorize(request, scope: "openid")
        guard let account = holder.account, let grant = holder.grant else { throw ResourceRefusal.token }
        let narrowed = grant.narrowed(to: holder.token.scopes)
        var claims = JSONObject([("sub", .string(holder.token.subject))])
        for (name, value) in StandardClaims.userInfo(of: account, grant: narrowed).members { claims[name] = value }
        return claims
    }
}

extension Grant {
    /// As far as a token of it reaches.
    func narrowed(to scopes: [String]) -> Grant {
        Grant(
            id: id, accountID: accountID, portalID: portalID, sessionID: sessionID, scopes: scopes,
            resources: resources, claims: claims, subject: subject, level: level, isOffline: isOffline,
            createdAt: createdAt, expiresAt: expiresAt, endedAt: endedAt)
    }
}
