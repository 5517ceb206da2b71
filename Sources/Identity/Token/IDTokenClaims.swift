import JOSE
import Primitives

/// What an ID token says (OpenID Connect Core §2).
struct IDTokenClaims: Sendable {
    let signOn: SignOn
    let portal: Portal
    let grant: Grant
    /// As it is now.
    let account: Account

    /// - Parameters:
    ///   - accessToken: given with it, for `at_hash` (§3.1.3.6).
    ///   - nonce: of the authorization request; a refreshed ID token has none (§12.2).
    func object(accessToken: String, nonce: String?, at: Instant) -> JSONObject {
        var claims = JSONObject([
            ("iss", .string(signOn.directory.issuer)), ("sub", .string(grant.subject)), ("aud", .string(portal.id)),
            ("azp", .string(portal.id)), ("iat", NumericDate.value(at)),
            ("exp", NumericDate.value(at.adding(seconds: signOn.policy.tokens.access))),
            ("auth_time", NumericDate.value(grant.level.at)), ("acr", .string(grant.level.acr.rawValue)),
            ("amr", .array(grant.level.amr.map { .string($0) })),
        ])
        for (name, value) in StandardClaims.idToken(of: account, grant: grant).members where claims[name] == nil {
            claims[name] = value
        }
        claims["nonce"] = nonce.map { .string($0) }
        claims["sid"] = grant.sessionID.map { .string(signOn.sessionName(of: $0, for: portal)) }
        claims["at_hash"] = .string(hash(of: accessToken))
        return claims
    }

    /// The left half of the hash that the algorithm of the ID token uses.
    private func hash(of accessToken: String) -> String {
        let hash = signOn.hashing.hash(portal.idTokenAlgorithm.hash, [Array(accessToken.utf8)[...]])
        return Base64.encodeURL(Array(hash.prefix(hash.count / 2)))
    }
}
