package import Audit
package import Primitives

/// A grant that may be used now, with its account as it is now.
package struct LiveGrant: Hashable, Sendable {
    package let grant: Grant
    package let account: Account

    package init(grant: Grant, account: Account) {
        (self.grant, self.account) = (grant, account)
    }
}

/// What a live grant gives to who holds a token of it.
package struct GrantHolder: Hashable, Sendable {
    /// As it is now.
    package let account: Account
    /// `nil` where it asks for no single claims: then the token's scopes say all that the grant would.
    package let grant: Grant?

    package init(account: Account, grant: Grant?) {
        (self.account, self.grant) = (account, grant)
    }

    package init(_ live: LiveGrant) {
        self.init(account: live.account, grant: live.grant.claims.isEmpty ? nil : live.grant)
    }
}

/// A code as it stands, whether it may still be redeemed or not.
package struct CodeRecord: Hashable, Sendable {
    package let code: AuthorizationCode
    package let grant: Grant
    package let isSpent: Bool

    package init(code: AuthorizationCode, grant: Grant, isSpent: Bool) {
        (self.code, self.grant, self.isSpent) = (code, grant, isSpent)
    }
}

/// A refresh family as it stands, whether it may still be used or not.
package struct FamilyRecord: Hashable, Sendable {
    package let family: RefreshFamily
    package let grant: Grant

    package init(family: RefreshFamily, grant: Grant) {
        (self.family, self.grant) = (family, grant)
    }
}

/// What came of spending a code.
package enum CodeOutcome: Hashable, Sendable {
    case redeemed(LiveGrant)
    /// It was spent before: its grant, and with it every token that came from it, has ended by now.
    case replayed
    /// Unknown, too late, or its grant is not live. Nothing changed.
    case dead
}

/// What came of using a refresh token.
package enum RefreshOutcome: Hashable, Sendable {
    /// `generation` is what the answer must carry: the one presented where the portal keeps its token, else the next one;
    /// inside the grace the same successor again.
    case refreshed(LiveGrant, generation: Int)
    /// An older generation outside the grace: family and grant have ended now.
    case replayed
    /// Unknown, too late, ended, or its grant is not live. Nothing changed.
    case dead
}

/// How a refresh token is to be used.
package struct RefreshUse: Hashable, Sendable {
    package let family: Identifier<RefreshFamily>
    /// Presented.
    package let generation: Int
    /// Public portals get a successor; the others keep their token.
    package let rotates: Bool
    /// Seconds in which the predecessor gets the same successor.
    package let grace: Int64
    package let at: Instant
    /// New idle limit of the family; never later than its `expiresAt`. Where the portal keeps its token, it may be left where
    /// it is as long as it moves by no more than `idleTolerance`.
    package let idleUntil: Instant
    /// New idle limit of the session of a grant that is not offline: a portal in use is use of the session.
    package let sessionIdleUntil: Instant
    /// Spent with it.
    package let proof: OneTimeValue?

    package init(
        family: Identifier<RefreshFamily>, generation: Int, rotates: Bool, grace: Int64, at: Instant,
        idleUntil: Instant, sessionIdleUntil: Instant, proof: OneTimeValue? = nil
    ) {
        (self.family, self.generation, self.rotates, self.grace) = (family, generation, rotates, grace)
        (self.at, self.idleUntil, self.sessionIdleUntil) = (at, idleUntil, sessionIdleUntil)
        self.proof = proof
    }

    /// Milliseconds: a thousandth of the time that the limit gives, too little for anybody to plan with. A portal that refreshes
    /// every few minutes then writes down one use in many.
    package var idleTolerance: Int64 { (idleUntil.millisecondsSinceEpoch - at.millisecondsSinceEpoch) / 1000 }
}

/// A grant on its way into the book.
package struct NewGrant: Sendable {
    package let grant: Grant
    package let code: AuthorizationCode
    /// Stored where the question was answered just now.
    package let acknowledgement: Acknowledgement?
    package let history: HistoryEntry
    /// New idle limit of the session.
    package let sessionIdleUntil: Instant

    package init(
        grant: Grant, code: AuthorizationCode, acknowledgement: Acknowledgement?, history: HistoryEntry,
        sessionIdleUntil: Instant
    ) {
        (self.grant, self.code, self.acknowledgement) = (grant, code, acknowledgement)
        (self.history, self.sessionIdleUntil) = (history, sessionIdleUntil)
    }
}

/// Port: grants, codes, refresh families and revoked access tokens. Every change is one transaction with its audit entries,
/// durable before the call returns; whether something is spent is decided by one conditional statement's row count.
///
/// A grant is live when it is not ended, its account is not disabled and, unless it is offline, its session is live.
/// An offline grant does not ask for its session, which may be cleaned away.
package protocol GrantBook: Sendable {
    /// Stores grant, code, acknowledgement and line of history, and touches the session.
    ///
    /// - Returns: `false`, nothing having changed, when session or account are over by now.
    func open(_ new: NewGrant, entries: [AuditEntry]) async throws -> Bool
    /// For checks before spending; `nil` for unknown codes and those cleaned away.
    func code(_ hash: Digest) async throws -> CodeRecord?
    /// Spends a code (`spent_at IS NULL`, not expired, grant live) and stores the family that begins with it.
    /// A code spent before ends its grant and families instead.
    ///
    /// - Parameters:
    ///   - proof: spent with the code, where that is redeemed.
    ///   - entries: built inside the transaction from the outcome; a replay has them only where the grant ended by it.
    /// - Throws: `AlreadySpent` for a proof spent before, unless the code was, too.
    func redeem(
        code hash: Digest, at: Instant, proof: OneTimeValue?, family: RefreshFamily?,
        entries: @escaping @Sendable (CodeOutcome) -> [AuditEntry]
    ) async throws -> CodeOutcome
    /// For checks before use.
    func family(_ id: Identifier<RefreshFamily>) async throws -> FamilyRecord?
    /// Uses a refresh token: one conditional statement on family, generation and liveness (`generation = presented`,
    /// for rotating ones `generation + 1` afterwards). A generation beyond the current one is `dead`.
    ///
    /// - Parameter entries: built inside the transaction from the outcome; appended whatever it is. What it throws is thrown,
    ///   nothing having changed.
    /// - Throws: `AlreadySpent` for a proof spent before, unless the token is too old: then its family ends.
    func refresh(
        _ use: RefreshUse, entries: @escaping @Sendable (RefreshOutcome) throws -> [AuditEntry]
    ) async throws -> RefreshOutcome
    /// Ends a grant with all that came from it.
    ///
    /// - Returns: `false`, no entry written, when it had ended or is unknown.
    func end(_ grant: Identifier<Grant>, at: Instant, entries: [AuditEntry]) async throws -> Bool
    /// Makes one access token invalid until its own end.
    ///
    /// - Returns: `false`, no entry written, when it was already.
    func revoke(token jti: String, until: Instant, entries: [AuditEntry]) async throws -> Bool
    /// For a token without grant (client credentials).
    func isRevoked(token jti: String) async throws -> Bool
    /// The live grant that an access token names, read with its account at once; `nil` also when the token is revoked.
    func live(_ grant: Identifier<Grant>, token jti: String, at: Instant) async throws -> LiveGrant?
    /// As `live`, for who needs no more than the account; may know it without reading.
    func holder(_ grant: Identifier<Grant>, token jti: String, at: Instant) async throws -> GrantHolder?
    /// Whether there is one; may know it without reading.
    func isLive(_ grant: Identifier<Grant>, token jti: String, at: Instant) async throws -> Bool
}

extension GrantBook {
    package func holder(
        _ grant: Identifier<Grant>, token jti: String, at instant: Instant
    ) async throws -> GrantHolder? {
        try await live(grant, token: jti, at: instant).map { GrantHolder($0) }
    }

    package func isLive(_ grant: Identifier<Grant>, token jti: String, at instant: Instant) async throws -> Bool {
        try await live(grant, token: jti, at: instant) != nil
    }
}
