import JOSE
package import Primitives

/// What an access token says (RFC 9068 §2.2, RFC 8693 §4.1, RFC 9449 §6).
package struct AccessToken: Hashable, Sendable {
    /// `jti`.
    package let id: String
    package let subject: String
    /// The portal it was given to.
    package let clientID: String
    package let scopes: [String]
    package let audiences: [String]
    package let issuedAt: Instant
    package let expiresAt: Instant
    /// `gid`: what it dies with; `nil` where no person is involved.
    package let grantID: Identifier<Grant>?
    /// `sid`: the session's name in the sector of who gets to see it.
    package let sessionName: String?
    package let acr: Assurance?
    package let authenticatedAt: Instant?
    /// `act`: through whose hands it came, the latest first.
    package let actor: JSONObject?
    /// `cnf.jkt`: of the DPoP key that must be proven with it.
    package let keyThumbprint: String?
    /// `from`: `jti` of the tokens that it was traded in for, one after the other; it dies with each of them.
    package let origins: [String]

    init(
        id: String, subject: String, clientID: String, scopes: [String], audiences: [String], issuedAt: Instant,
        expiresAt: Instant, grantID: Identifier<Grant>? = nil, sessionName: String? = nil,
        acr: Assurance? = nil, authenticatedAt: Instant? = nil, actor: JSONObject? = nil, keyThumbprint: String? = nil,
        origins: [String] = []
    ) {
        (self.id, self.subject, self.clientID) = (id, subject, clientID)
        (self.scopes, self.audiences) = (scopes, audiences)
        (self.issuedAt, self.expiresAt) = (issuedAt, expiresAt)
        (self.grantID, self.sessionName, self.acr) = (grantID, sessionName, acr)
        (self.authenticatedAt, self.actor, self.keyThumbprint) = (authenticatedAt, actor, keyThumbprint)
        self.origins = origins
    }
}

extension AccessToken {
    func claims(issuer: String) -> JSONObject {
        var claims = JSONObject([
            ("iss", .string(issuer)), ("sub", .string(subject)), ("client_id", .string(clientID)),
            ("aud", audiences.count == 1 ? .string(audiences[0]) : .array(audiences.map { .string($0) })),
            ("iat", NumericDate.value(issuedAt)), ("exp", NumericDate.value(expiresAt)), ("jti", .string(id)),
        ])
        if !scopes.isEmpty { claims["scope"] = .string(scopes.joined(separator: " ")) }
        claims["sid"] = sessionName.map { .string($0) }
        claims["gid"] = grantID.map { .string($0.description) }
        claims["acr"] = acr.map { .string($0.rawValue) }
        claims["auth_time"] = authenticatedAt.map { NumericDate.value($0) }
        claims["act"] = actor.map { .object($0) }
        claims["cnf"] = keyThumbprint.map { ["jkt": .string($0)] }
        if !origins.isEmpty { claims["from"] = .array(origins.map { .string($0) }) }
        return claims
    }

    /// `nil` when a claim is missing or of another form than `claims(issuer:)` writes.
    init?(_ token: OwnToken) {
        let claims = token.claims
        guard let id = claims["jti"]?.string, let subject = token.subject, let clientID = claims["client_id"]?.string,
            let issuedAt = token.issuedAt, let expiresAt = token.expiresAt, !token.audiences.isEmpty
        else { return nil }
        let grantID = claims["gid"]?.string.flatMap { Identifier<Grant>($0) }
        guard (grantID == nil) == (claims["gid"] == nil) else { return nil }
        let origins = claims["from"]?.array?.compactMap(\.string) ?? []
        guard origins.isEmpty == (claims["from"] == nil) else { return nil }
        self.init(
            id: id, subject: subject, clientID: clientID,
            scopes: claims["scope"]?.string?.words ?? [],
            audiences: token.audiences, issuedAt: issuedAt, expiresAt: expiresAt, grantID: grantID,
            sessionName: claims["sid"]?.string,
            acr: claims["acr"]?.string.flatMap { Assurance(rawValue: $0) },
            authenticatedAt: NumericDate.read(claims["auth_time"]), actor: claims["act"]?.object,
            keyThumbprint: claims["cnf"]?["jkt"]?.string, origins: origins)
    }
}
