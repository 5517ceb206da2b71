import Identity
import Primitives

/// Sessions; what browsers say of themselves is sealed. Over is over: no statement here gives one its life back.
enum SessionTable {
    /// A stored session whose device is still sealed.
    struct Row {
        let session: Session
        let sealedDevice: [UInt8]
    }

    /// Read by `record`; the table goes by `s`.
    private static let columns = """
        s.id, s.account_id, s.secret_hash, s.acr, s.amr, s.authenticated_at, s.device, s.created_at, s.last_seen_at,
        s.idle_until, s.expires_at, s.ended_at
        """
    private static let columnCount = 12
    /// The session itself, its account aside; takes the moment twice.
    static let live = "s.ended_at IS NULL AND s.idle_until > ? AND s.expires_at > ?"
    private static let liveWithAccount = """
        ended_at IS NULL AND idle_until > ? AND expires_at > ?
        AND EXISTS (SELECT 1 FROM account a WHERE a.id = login_session.account_id AND a.is_disabled = 0)
        """
    /// The earlier of both limits; takes the new idle limit twice.
    private static let firstLimit = "CASE WHEN expires_at < ? THEN expires_at ELSE ? END"

    private static let one = """
        SELECT \(columns), \(AccountTable.columns) FROM login_session s JOIN account a ON a.id = s.account_id
        WHERE s.secret_hash = ? AND \(live) AND a.is_disabled = 0
        """
    private static let touching = """
        UPDATE login_session SET last_seen_at = ?,
            idle_until = CASE WHEN idle_until < ? THEN ? ELSE idle_until END,
            clean_at = CASE WHEN idle_until < ? THEN \(firstLimit) ELSE clean_at END
        WHERE id = ? AND last_seen_at <= ? AND \(liveWithAccount)
        """
    /// Milliseconds. Who was seen this short a while ago is not written down again: busy portals touch a session a hundred
    /// times a second.
    static let lastSeenPrecision: Int64 = 1000

    static func insert(
        _ session: Session, sealedDevice: [UInt8], _ connection: any SQLConnection
    ) throws(StoreFault) -> Bool {
        try connection.execute(
            """
            INSERT INTO login_session (
                id, account_id, secret_hash, acr, amr, authenticated_at, device, created_at, last_seen_at, idle_until,
                expires_at, ended_at, clean_at
            ) SELECT ?, a.id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM account a WHERE a.id = ? AND a.is_disabled = 0
            """,
            [
                SQLValue(session.id), SQLValue(session.secretHash), SQLValue(session.level.acr.rawValue),
                SQLValue(lines: session.level.amr), SQLValue(session.level.at), .blob(sealedDevice),
                SQLValue(session.createdAt), SQLValue(session.lastSeenAt), SQLValue(session.idleUntil),
                SQLValue(session.expiresAt), SQLValue(session.endedAt),
                SQLValue(min(session.idleUntil, session.expiresAt)), SQLValue(session.accountID),
            ])
        return connection.changes == 1
    }

    static func find(
        secretHash: Digest, at instant: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) -> (Row, AccountTable.Row)? {
        let row = try connection.row(one, [SQLValue(secretHash), SQLValue(instant), SQLValue(instant)])
        guard let row else { return nil }
        return (try record(row), try AccountTable.record(row, from: columnCount))
    }

    static func rotate(
        _ id: Identifier<Session>, from oldHash: Digest, to newHash: Digest, level: AuthenticationLevel,
        idleUntil: Instant, at instant: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) -> Bool {
        try connection.execute(
            """
            UPDATE login_session SET secret_hash = ?, acr = ?, amr = ?, authenticated_at = ?, idle_until = ?,
                last_seen_at = ?, clean_at = \(firstLimit)
            WHERE id = ? AND secret_hash = ? AND \(liveWithAccount)
            """,
            [
                SQLValue(newHash), SQLValue(level.acr.rawValue), SQLValue(lines: level.amr), SQLValue(level.at),
                SQLValue(idleUntil), SQLValue(instant), SQLValue(idleUntil), SQLValue(idleUntil), SQLValue(id),
                SQLValue(oldHash), SQLValue(instant), SQLValue(instant),
            ])
        return connection.changes == 1
    }

    /// Moves the idle limit forwards, never back.
    /// - Returns: whether it was written down.
    @discardableResult
    static func touch(
        _ id: Identifier<Session>, idleUntil: Instant, at instant: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) -> Bool {
        let limit = SQLValue(idleUntil)
        try connection.execute(
            touching,
            [
                SQLValue(instant), limit, limit, limit, limit, limit, SQLValue(id),
                .integer(instant.millisecondsSinceEpoch - lastSeenPrecision), SQLValue(instant), SQLValue(instant),
            ])
        return connection.changes == 1
    }

    /// Live ones, latest first.
    static func live(
        _ sessions: SessionsToEnd, at instant: Instant, _ connection: any SQLConnection
    ) throws -> [Row] {
        let (column, value) =
            switch sessions {
            case .one(let id): ("s.id", SQLValue(id))
            case .all(let account): ("s.account_id", SQLValue(account))
            }
        return try connection.rows(
            """
            SELECT \(columns) FROM login_session s JOIN account a ON a.id = s.account_id
            WHERE \(column) = ? AND \(live) AND a.is_disabled = 0 ORDER BY s.created_at DESC, s.id
            """, [value, SQLValue(instant), SQLValue(instant)]
        ).map { try record($0) }
    }

    static func end(_ id: Identifier<Session>, at instant: Instant, _ connection: any SQLConnection) throws(StoreFault)
    {
        try connection.execute(
            "UPDATE login_session SET ended_at = ?, clean_at = ? WHERE id = ? AND ended_at IS NULL",
            [SQLValue(instant), SQLValue(instant), SQLValue(id)])
    }

    private static func record(_ row: SQLRow) throws(StoreFault) -> Row {
        let session = Session(
            id: try row.identifier(0), accountID: try row.identifier(1), secretHash: try row.digest(2),
            level: AuthenticationLevel(acr: try row.word(3), amr: try row.lines(4), at: try row.instant(5)),
            device: "", createdAt: try row.instant(7), lastSeenAt: try row.instant(8), idleUntil: try row.instant(9),
            expiresAt: try row.instant(10), endedAt: try row.optionalInstant(11))
        return Row(session: session, sealedDevice: try row.blob(6))
    }
}
