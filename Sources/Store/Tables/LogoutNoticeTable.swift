import Identity
import Primitives

/// Notices of logout on their way to portals.
enum LogoutNoticeTable {
    private static let columns = """
        id, portal_id, subject, session_id, created_at, attempts, next_attempt_at, last_fault
        """

    static func insert(_ notice: LogoutNotice, _ connection: any SQLConnection) throws(StoreFault) {
        try connection.execute(
            "INSERT INTO logout_notice (\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                SQLValue(notice.id), SQLValue(notice.portalID), SQLValue(notice.subject), SQLValue(notice.sessionID),
                SQLValue(notice.createdAt), SQLValue(notice.attempts), SQLValue(notice.nextAttemptAt),
                SQLValue(notice.lastFault),
            ])
    }

    static func due(
        at instant: Instant, limit: Int, excluding portals: Set<String>, _ connection: any SQLConnection
    ) throws -> [LogoutNotice] {
        let names = JSONValue.array(portals.sorted().map { .string($0) }).compactText
        return try connection.rows(
            "SELECT \(columns) FROM logout_notice WHERE next_attempt_at <= ?"
                + " AND portal_id NOT IN (SELECT value FROM json_each(?)) ORDER BY next_attempt_at, created_at LIMIT ?",
            [SQLValue(instant), SQLValue(names), SQLValue(limit)]
        ).map { try record($0) }
    }

    /// The oldest first.
    static func undelivered(_ connection: any SQLConnection) throws -> [LogoutNotice] {
        try connection.rows("SELECT \(columns) FROM logout_notice WHERE attempts > 0 ORDER BY created_at, id").map {
            try record($0)
        }
    }

    static func delete(_ id: Identifier<LogoutNotice>, _ connection: any SQLConnection) throws(StoreFault) {
        try connection.execute("DELETE FROM logout_notice WHERE id = ?", [SQLValue(id)])
    }

    /// - Returns: `false` when there is no such notice any more.
    static func fail(
        _ id: Identifier<LogoutNotice>, fault: String, nextAttemptAt: Instant?, _ connection: any SQLConnection
    ) throws(StoreFault) -> Bool {
        try connection.execute(
            "UPDATE logout_notice SET attempts = attempts + 1, next_attempt_at = ?, last_fault = ? WHERE id = ?",
            [SQLValue(nextAttemptAt), SQLValue(fault), SQLValue(id)])
        return connection.changes == 1
    }

    private static func record(_ row: SQLRow) throws(StoreFault) -> LogoutNotice {
        LogoutNotice(
            id: try row.identifier(0), portalID: try row.text(1), subject: try row.text(2),
            sessionID: try row.identifier(3), createdAt: try row.instant(4), attempts: try row.number(5),
            nextAttemptAt: try row.optionalInstant(6), lastFault: try row.optionalText(7))
    }
}
