package import Audit
package import Primitives

/// A portal that was reached in a session.
package struct ReachedPortal: Hashable, Sendable {
    package let portalID: String
    /// The portal's name for the account.
    package let subject: String
    /// When a grant was last given to it in this session.
    package let at: Instant

    package init(portalID: String, subject: String, at: Instant) {
        (self.portalID, self.subject, self.at) = (portalID, subject, at)
    }
}

/// A session that is over now, and whom to tell.
package struct EndedSession: Hashable, Sendable {
    package let session: Session
    /// Each portal and subject once.
    package let reached: [ReachedPortal]

    package init(session: Session, reached: [ReachedPortal]) {
        (self.session, self.reached) = (session, reached)
    }
}

/// What must be stored in the transaction that ends sessions.
package struct EndingEffects: Sendable {
    /// Go into the outbox.
    package let notices: [LogoutNotice]
    package let entries: [AuditEntry]

    package init(notices: [LogoutNotice], entries: [AuditEntry]) {
        (self.notices, self.entries) = (notices, entries)
    }
}

/// Which sessions end.
package enum SessionsToEnd: Hashable, Sendable {
    /// The session and its grants; those with `offline_access` go on.
    case one(Identifier<Session>)
    /// All of the account, with all its grants, offline ones too.
    case all(of: Identifier<Account>)
}

/// Port: sessions. A session is live when it is not ended, `at` is before both its limits, and its account is not disabled.
/// Moments are kept to the millisecond.
package protocol SessionBook: Sendable {
    /// Stores a new session with its line of history.
    ///
    /// - Returns: `false`, nothing having changed, when the account is unknown or disabled.
    func open(_ session: Session, history: HistoryEntry, entries: [AuditEntry]) async throws -> Bool
    /// The live session with this cookie, read with its account at once; `nil` for any other.
    func session(secretHash: Digest, at: Instant) async throws -> LiveSession?
    /// Gives a live session another secret and level: one conditional statement on `id` and the old secret.
    ///
    /// - Returns: `false`, nothing having changed, when the session is over or has another secret by now.
    func rotate(
        _ id: Identifier<Session>, from oldHash: Digest, to newHash: Digest, level: AuthenticationLevel,
        idleUntil: Instant, at: Instant, history: HistoryEntry?, entries: [AuditEntry]
    ) async throws -> Bool
    /// Sets `lastSeenAt` and moves the idle limit; never revives, never moves a limit back. Writes no audit entry.
    func touch(_ id: Identifier<Session>, idleUntil: Instant, at: Instant) async throws
    /// Live sessions of an account, latest first, with the portals reached.
    func sessions(of account: Identifier<Account>, at: Instant) async throws -> [EndedSession]
    /// Ends live sessions, their grants (see `SessionsToEnd`) and the codes and refresh families of these, and stores the
    /// effects, all in one transaction.
    ///
    /// - Parameter effects: called inside the transaction with what was live, also when that is nothing.
    /// - Returns: what was ended; repeating it ends nothing.
    func end(
        _ sessions: SessionsToEnd, at: Instant, effects: @escaping @Sendable ([EndedSession]) -> EndingEffects
    ) async throws -> [EndedSession]
}
