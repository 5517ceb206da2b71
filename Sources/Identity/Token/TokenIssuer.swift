import JOSE
import Primitives

/// Makes the tokens of an answer: the only place that does.
struct TokenIssuer: Sendable {
    private static let maximumLifetime: Int64 = 3600

    let signOn: SignOn
    let memory: TokenMemory

    /// The members of a successful answer (RFC 6749 §5.1, RFC 8693 §2.2.1, OpenID Connect Core §3.1.3.3).
    ///
    /// - Throws: what keys and signers throw.
    func answer(_ entitlement: Entitlement, _ request: GrantRequest) throws -> JSONObject {
        let token = accessToken(entitlement, request)
        let text = try signed(token)
        var answer = JSONObject([
            ("access_token", .string(text)), ("token_type", request.keyThumbprint == nil ? "Bearer" : "DPoP"),
            ("expires_in", .integer(token.expiresAt.secondsSinceEpoch - request.at.secondsSinceEpoch)),
        ])
        if !token.scope.isEmpty { answer["scope"] = .string(token.scope) }
        answer["refresh_token"] = entitlement.refreshToken.map { .string($0) }
        if entitlement.exchange != nil { answer["issued_token_type"] = .string(TokenExchangeGrant.accessTokenType) }
        if entitlement.hasIDToken, entitlement.scopes.contains("openid"), let grant = entitlement.grant,
            let account = entitlement.account
        {
            let claims = IDTokenClaims(signOn: signOn, portal: request.portal, grant: grant, account: account)
            let payload = JSONValue.object(claims.object(accessToken: text, nonce: entitlement.nonce, at: request.at))
            answer["id_token"] = .string(
                try signed(payload.compactBytes, .idToken, request.portal.idTokenAlgorithm))
        }
        return answer
    }

    private func accessToken(_ entitlement: Entitlement, _ request: GrantRequest) -> AccessToken {
        let issuedAt = Instant(secondsSinceEpoch: request.at.secondsSinceEpoch)
        let lifetime = min(signOn.policy.tokens.access, TokenIssuer.maximumLifetime)
        let end = issuedAt.adding(seconds: lifetime)
        let exchange = entitlement.exchange
        return AccessToken(
            id: request.tokenID, subject: entitlement.subject, clientID: request.portal.id,
            scope: entitlement.scopes.joined(separator: " "), audiences: entitlement.audiences, issuedAt: issuedAt,
            expiresAt: exchange.map { min($0.expiresAt, end) } ?? end,
            grantID: entitlement.grant?.id ?? exchange?.grantID,
            sessionName: entitlement.grant?.sessionID.map { signOn.sessionName(of: $0, for: request.portal) }
                ?? exchange?.sessionName,
            acr: entitlement.acr, authenticatedAt: entitlement.authenticatedAt, actor: exchange?.actor,
            keyThumbprint: request.keyThumbprint, origins: exchange?.origins ?? [])
    }

    private func signed(_ token: AccessToken) throws -> String {
        let text = try signed(token.payload(issuer: signOn.directory.issuer), .accessToken, .es256)
        memory.signatures.insert(signOn.hashing.sha256(Array(text.utf8)))
        return text
    }

    private func signed(
        _ payload: [UInt8], _ kind: OwnToken.Kind, _ algorithm: SignatureAlgorithm
    ) throws -> String {
        let key = try signOn.keys.active(algorithm)
        return try JWS.signed(
            payload: payload, header: memory.headers.header(kind, key: key), by: key.signer)
    }
}
