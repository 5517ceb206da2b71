import Primitives

/// What tokens may be made of, once a grant has spent what it needed.
struct Entitlement: Sendable {
    /// `sub` of the access token.
    let subject: String
    let scopes: [String]
    /// `aud` of the access token.
    let audiences: [String]
    /// What the tokens die with.
    var grant: Grant?
    /// As it is now; for the ID token.
    var account: Account?
    var acr: Assurance?
    var authenticatedAt: Instant?
    /// Whether the answer has an ID token, where the scope `openid` is among them.
    var hasIDToken = true
    /// For the ID token, where the authorization request had one.
    var nonce: String?
    /// Already written out.
    var refreshToken: String?
    /// Of a token that came from another one.
    var exchange: Exchange?

    /// What a token exchange adds.
    struct Exchange: Sendable {
        /// `act`.
        let actor: JSONObject
        /// What the access token may not outlive.
        let expiresAt: Instant
        let grantID: Identifier<Grant>?
        /// `sid`, as the target's sector knows it.
        let sessionName: String?
        /// `jti` of all that it came from.
        let origins: [String]
    }

    init(subject: String, scopes: [String], audiences: [String]) {
        (self.subject, self.scopes, self.audiences) = (subject, scopes, audiences)
    }

    /// Of a person's grant, cut down to `scopes`.
    init(_ live: LiveGrant, scopes: [String], audiences: [String]) {
        self.init(subject: live.grant.subject, scopes: scopes, audiences: audiences)
        (grant, account) = (live.grant, live.account)
        (acr, authenticatedAt) = (live.grant.level.acr, live.grant.level.at)
    }
}
