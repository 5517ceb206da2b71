package import Primitives

/// What a person allowed a portal: every code, refresh token and access token of it names one grant, and dies with it.
package struct Grant: Hashable, Sendable {
    /// `gid` of access tokens.
    package let id: Identifier<Grant>
    package let accountID: Identifier<Account>
    package let portalID: String
    /// The session it was given in; `nil` only for one given without (none today).
    package let sessionID: Identifier<Session>?
    package let scopes: [String]
    /// RFC 8707 resource URIs that tokens may be for; empty: the issuer alone.
    package let resources: [String]
    package let claims: ClaimsRequest
    /// The portal's name for the account (`sub`).
    package let subject: String
    /// When the grant was given.
    package let level: AuthenticationLevel
    /// With `offline_access`: it outlives the session, but neither the account nor "end all".
    package let isOffline: Bool
    package let createdAt: Instant
    /// Rows may be cleaned from here on: when the last thing that can come of the grant is over.
    package let expiresAt: Instant
    package let endedAt: Instant?

    package init(
        id: Identifier<Grant>, accountID: Identifier<Account>, portalID: String, sessionID: Identifier<Session>?,
        scopes: [String], resources: [String] = [], claims: ClaimsRequest = .none, subject: String,
        level: AuthenticationLevel, isOffline: Bool, createdAt: Instant, expiresAt: Instant, endedAt: Instant? = nil
    ) {
        (self.id, self.accountID, self.portalID, self.sessionID) = (id, accountID, portalID, sessionID)
        (self.scopes, self.resources, self.claims, self.subject) = (scopes, resources, claims, subject)
        (self.level, self.isOffline, self.createdAt) = (level, isOffline, createdAt)
        (self.expiresAt, self.endedAt) = (expiresAt, endedAt)
    }
}
