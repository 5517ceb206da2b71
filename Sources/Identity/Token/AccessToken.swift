import JOSE
package import Primitives

/// What an access token says (RFC 9068 §2.2, RFC 8693 §4.1, RFC 9449 §6).
package struct AccessToken: Hashable, Sendable {
    /// `jti`.
    package let id: String
    package let subject: String
    /// The portal it was given to.
    package let clientID: String
    /// `scope`: as it is written, with single spaces; empty where there is none.
    package let scope: String
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
        id: String, subject: String, clientID: String, scope: String, audiences: [String], issuedAt: Instant,
        expiresAt: Instant, grantID: Identifier<Grant>? = nil, sessionName: String? = nil,
        acr: Assurance? = nil, authenticatedAt: Instant? = nil, actor: JSONObject? = nil, keyThumbprint: String? = nil,
        origins: [String] = []
    ) {
        (self.id, self.subject, self.clientID) = (id, subject, clientID)
        (self.scope, self.audiences) = (scope, audiences)
        (self.issuedAt, self.expiresAt) = (issuedAt, expiresAt)
        (self.grantID, self.sessionName, self.acr) = (grantID, sessionName, acr)
        (self.authenticatedAt, self.actor, self.keyThumbprint) = (authenticatedAt, actor, keyThumbprint)
        self.origins = origins
    }

    package var scopes: [String] { scope.words }
}

extension AccessToken {
    /// The payload (RFC 7519 §3).
    func payload(issuer: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.openObject()
        eachClaim(issuer: issuer) { name, value in
            writer.name(name)
            writer.value(value)
        }
        writer.closeObject()
        return writer.bytes
    }

    /// Hands over the claims, each once, in the order in which they are written.
    func eachClaim(issuer: String, _ take: (String, JSONValue) -> Void) {
        take("iss", .string(issuer))
        take("sub", .string(subject))
        take("client_id", .string(clientID))
        take("aud", audiences.count == 1 ? .string(audiences[0]) : .array(audiences.map { .string($0) }))
        take("iat", NumericDate.value(issuedAt))
        take("exp", NumericDate.value(expiresAt))
        take("jti", .string(id))
        if !scope.isEmpty { take("scope", .string(scope)) }
        if let sessionName { take("sid", .string(sessionName)) }
        if let grantID { take("gid", .string(grantID.description)) }
        if let acr { take("acr", .string(acr.rawValue)) }
        if let authenticatedAt { take("auth_time", NumericDate.value(authenticatedAt)) }
        if let actor { take("act", .object(actor)) }
        if let keyThumbprint { take("cnf", ["jkt": .string(keyThumbprint)]) }
        if !origins.isEmpty { take("from", .array(origins.map { .string($0) })) }
    }

    /// `nil` when a claim is missing or of another form than `payload` has it.
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
            scope: claims["scope"]?.string ?? "", audiences: token.audiences, issuedAt: issuedAt, expiresAt: expiresAt,
            grantID: grantID,
            sessionName: claims["sid"]?.string,
            acr: claims["acr"]?.string.flatMap { Assurance(rawValue: $0) },
            authenticatedAt: NumericDate.read(claims["auth_time"]), actor: claims["act"]?.object,
            keyThumbprint: claims["cnf"]?["jkt"]?.string, origins: origins)
    }
}
