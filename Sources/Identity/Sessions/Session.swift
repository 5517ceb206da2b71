package import Primitives

/// One browser in which a person has signed in; its id is neither the cookie nor, but for its sector, the `sid` of tokens.
package struct Session: Hashable, Sendable {
    package let id: Identifier<Session>
    package let accountID: Identifier<Account>
    /// SHA-256 of the cookie's 32 bytes.
    package let secretHash: Digest
    package let level: AuthenticationLevel
    /// What the browser says of itself, cut to 200 characters; sealed at rest.
    package let device: String
    package let createdAt: Instant
    package let lastSeenAt: Instant
    /// First moment at which it is over for want of use.
    package let idleUntil: Instant
    /// First moment at which it is over in any case.
    package let expiresAt: Instant
    package let endedAt: Instant?

    package init(
        id: Identifier<Session>, accountID: Identifier<Account>, secretHash: Digest, level: AuthenticationLevel,
        device: String, createdAt: Instant, lastSeenAt: Instant, idleUntil: Instant, expiresAt: Instant,
        endedAt: Instant? = nil
    ) {
        (self.id, self.accountID, self.secretHash, self.level) = (id, accountID, secretHash, level)
        (self.device, self.createdAt, self.lastSeenAt) = (device, createdAt, lastSeenAt)
        (self.idleUntil, self.expiresAt, self.endedAt) = (idleUntil, expiresAt, endedAt)
    }

    package func isLive(at instant: Instant) -> Bool {
        endedAt == nil && instant < idleUntil && instant < expiresAt
    }
}

/// A session that may be used, with its account.
package struct LiveSession: Hashable, Sendable {
    package let session: Session
    package let account: Account

    package init(session: Session, account: Account) {
        (self.session, self.account) = (session, account)
    }
}
