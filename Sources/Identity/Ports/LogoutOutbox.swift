package import Audit
package import Primitives

/// That a portal must be told of the end of a session (OpenID Connect Back-Channel Logout §2.5).
package struct LogoutNotice: Hashable, Sendable {
    package let id: Identifier<LogoutNotice>
    package let portalID: String
    /// The portal's name for the account.
    package let subject: String
    package let sessionID: Identifier<Session>
    package let createdAt: Instant
    /// Failed attempts until now.
    package let attempts: Int
    /// `nil`: given up, kept for the operator.
    package let nextAttemptAt: Instant?
    /// Of the last failed attempt, for example `HTTP 500`.
    package let lastFault: String?

    package init(
        id: Identifier<LogoutNotice>, portalID: String, subject: String, sessionID: Identifier<Session>,
        createdAt: Instant, attempts: Int = 0, nextAttemptAt: Instant?, lastFault: String? = nil
    ) {
        (self.id, self.portalID, self.subject, self.sessionID) = (id, portalID, subject, sessionID)
        (self.createdAt, self.attempts) = (createdAt, attempts)
        (self.nextAttemptAt, self.lastFault) = (nextAttemptAt, lastFault)
    }
}

/// Port: notices on their way. Rows come in with the transaction that ends a session (`EndingEffects`).
package protocol LogoutOutbox: Sendable {
    /// Notices whose attempt is due, the earliest first.
    ///
    /// - Parameter portals: ids of portals whose notices are left out.
    func due(at: Instant, limit: Int, excluding portals: Set<String>) async throws -> [LogoutNotice]
    /// Removes a notice.
    func delivered(_ id: Identifier<LogoutNotice>, entries: [AuditEntry]) async throws
    /// Counts a failed attempt.
    ///
    /// - Parameter nextAttemptAt: `nil` gives up.
    func failed(
        _ id: Identifier<LogoutNotice>, fault: String, nextAttemptAt: Instant?, entries: [AuditEntry]
    ) async throws
    /// Notices with at least one failed attempt, the oldest first; rows given up are cleaned after 30 days.
    func undelivered() async throws -> [LogoutNotice]
}

/// Port: tells a portal over HTTP. No redirects are followed; time and size are bounded.
package protocol LogoutPosting: Sendable {
    /// Posts `logout_token` as a form.
    ///
    /// - Returns: `nil` when the portal answered 200 or 204; else what went wrong, for example `HTTP 500`, without secrets.
    func post(logoutToken: String, to uri: String) async -> String?
}
