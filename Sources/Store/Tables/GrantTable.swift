import Identity
import Primitives

/// What persons allowed portals. What a portal asked of single claims may hold values of persons and is sealed.
enum GrantTable {
    /// A stored grant whose claims request is still sealed.
    struct Row {
        let grant: Grant
        let sealedClaims: [UInt8]?
    }

    /// Read by `record`; the table goes by `g`.
    static let columns = """
        g.id, g.account_id, g.portal_id, g.session_id, g.scopes, g.resources, g.claims, g.subject, g.acr, g.amr,
        g.authenticated_at, g.is_offline, g.created_at, g.expires_at, g.ended_at
        """
    static let columnCount = 15
    /// A grant with its account and, where it is still there, its session.
    static let joined = """
        portal_grant g JOIN account a ON a.id = g.account_id LEFT JOIN login_session s ON s.id = g.session_id
        """
    /// Whether a row of `joined` is live; takes the moment twice.
    static let live = "g.ended_at IS NULL AND a.is_disabled = 0 AND (g.is_offline = 1 OR (\(SessionTable.live)))"
    /// An ended grant stays for a day, so that a replay after the end is still told as one.
    private static let keptAfterEnd: Int64 = 86_400

    /// - Returns: `false`, nothing having changed, when account or session are over.
    static func insert(
        _ grant: Grant, sealedClaims: [UInt8]?, at instant: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) -> Bool {
        // Asked first, in the same transaction: an INSERT that selects costs SQLite a journal of its own.
        guard try isOwnerLive(grant, at: instant, connection) else { return false }
        try connection.execute(
            insertion,
            [
                SQLValue(grant.id), SQLValue(grant.accountID), SQLValue(grant.portalID), SQLValue(grant.sessionID),
                SQLValue(lines: grant.scopes), SQLValue(lines: grant.resources), SQLValue(sealedClaims),
                SQLValue(grant.subject), SQLValue(grant.level.acr.rawValue), SQLValue(lines: grant.level.amr),
                SQLValue(grant.level.at), SQLValue(grant.isOffline), SQLValue(grant.createdAt),
                SQLValue(grant.expiresAt), SQLValue(grant.endedAt), SQLValue(grant.expiresAt),
            ])
        return true
    }

    private static func isOwnerLive(
        _ grant: Grant, at instant: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) -> Bool {
        let account = SQLValue(grant.accountID)
        guard let session = grant.sessionID else { return try connection.row(liveAccount, [account]) != nil }
        let moment = SQLValue(instant)
        return try connection.row(liveAccountAndSession, [account, SQLValue(session), moment, moment]) != nil
    }

    private static let liveAccount = "SELECT 1 FROM account WHERE id = ? AND is_disabled = 0"
    private static let liveAccountAndSession = """
        \(liveAccount) AND EXISTS (SELECT 1 FROM login_session s WHERE s.id = ? AND \(SessionTable.live))
        """
    private static let insertion = """
        INSERT INTO portal_grant (
            id, account_id, portal_id, session_id, scopes, resources, claims, subject, acr, amr, authenticated_at,
            is_offline, created_at, expires_at, ended_at, clean_at
        ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    private static let liveOne = """
        SELECT \(columns), \(AccountTable.columns), s.idle_until, s.expires_at FROM \(joined)
        WHERE g.id = ? AND \(live)
        """

    /// The grant when it is live, with the first moment at which its session may be over; `nil` there for an offline one.
    static func live(
        _ id: Identifier<Grant>, at instant: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) -> (Row, AccountTable.Row, sessionLimit: Instant?)? {
        let row = try connection.row(liveOne, [SQLValue(id), SQLValue(instant), SQLValue(instant)])
        guard let row else { return nil }
        let grant = try record(row)
        let limits = columnCount + AccountTable.columnCount
        let limit = grant.grant.isOffline ? nil : min(try row.instant(limits), try row.instant(limits + 1))
        return (grant, try AccountTable.record(row, from: columnCount), limit)
    }

    /// Whether there is a live grant; for the conditions of statements on tables with a `grant_id`.
    static func isLive(_ grantID: String) -> String {
        "EXISTS (SELECT 1 FROM \(joined) WHERE g.id = \(grantID) AND \(live))"
    }

    static func end(
        _ id: Identifier<Grant>, at instant: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) -> Bool {
        try connection.execute(
            "UPDATE portal_grant SET \(ending) WHERE id = ? AND ended_at IS NULL",
            endingValues(instant) + [SQLValue(id)])
        return connection.changes == 1
    }

    /// Those of a session that end with it.
    ///
    /// - Returns: what ended now.
    static func endAll(
        of session: Identifier<Session>, at instant: Instant, _ connection: any SQLConnection
    ) throws -> [Identifier<Grant>] {
        try connection.rows(
            """
            UPDATE portal_grant SET \(ending) WHERE session_id = ? AND is_offline = 0 AND ended_at IS NULL RETURNING id
            """, endingValues(instant) + [SQLValue(session)]
        ).map { try $0.identifier(0) }
    }

    /// All of an account, offline ones too.
    static func endAll(
        of account: Identifier<Account>, at instant: Instant, _ connection: any SQLConnection
    ) throws -> [Identifier<Grant>] {
        try connection.rows(
            "UPDATE portal_grant SET \(ending) WHERE account_id = ? AND ended_at IS NULL RETURNING id",
            endingValues(instant) + [SQLValue(account)]
        ).map { try $0.identifier(0) }
    }

    private static let ending = "ended_at = ?, clean_at = CASE WHEN clean_at < ? THEN clean_at ELSE ? END"

    private static func endingValues(_ instant: Instant) -> [SQLValue] {
        let clean = SQLValue(instant.adding(seconds: keptAfterEnd))
        return [SQLValue(instant), clean, clean]
    }

    /// Each portal and subject once, with the latest grant's moment.
    static func reached(in session: Identifier<Session>, _ connection: any SQLConnection) throws -> [ReachedPortal] {
        try connection.rows(
            """
            SELECT portal_id, subject, MAX(created_at) FROM portal_grant WHERE session_id = ?
            GROUP BY portal_id, subject ORDER BY portal_id, subject
            """, [SQLValue(session)]
        ).map { ReachedPortal(portalID: try $0.text(0), subject: try $0.text(1), at: try $0.instant(2)) }
    }

    /// - Parameter first: position of the first of `columns`.
    static func record(_ row: SQLRow, from first: Int = 0) throws(StoreFault) -> Row {
        let level = AuthenticationLevel(
            acr: try row.word(first + 8), amr: try row.lines(first + 9), at: try row.instant(first + 10))
        let grant = Grant(
            id: try row.identifier(first), accountID: try row.identifier(first + 1), portalID: try row.text(first + 2),
            sessionID: try row.optionalIdentifier(first + 3), scopes: try row.lines(first + 4),
            resources: try row.lines(first + 5), subject: try row.text(first + 7), level: level,
            isOffline: try row.flag(first + 11), createdAt: try row.instant(first + 12),
            expiresAt: try row.instant(first + 13), endedAt: try row.optionalInstant(first + 14))
        return Row(grant: grant, sealedClaims: try row.optionalBlob(first + 6))
    }
}
