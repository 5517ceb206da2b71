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
        guard let account = holder.account else { throw ResourceRefusal.token }
        var claims = JSONObject([("sub", .string(holder.token.subject))])
        let told = StandardClaims.userInfo(of: account, scopes: holder.token.scopes, grant: holder.grant)
        for (name, value) in told.members { claims[name] = value }
        return claims
    }
}
