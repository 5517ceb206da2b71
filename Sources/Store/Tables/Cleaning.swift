import Primitives

/// Rows whose time is over, table by table: each step deletes a few, found by an index.
enum Cleaning {
    private struct Rule {
        let table: String
        let key: String
        let condition: String
        /// Seconds that rows stay after their time.
        var kept: Int64 = 0
    }

    private static let rules = [
        Rule(table: "spent_value", key: "value, kind", condition: "clean_at <= ? ORDER BY clean_at"),
        Rule(table: "pushed_request", key: "hash", condition: "expires_at <= ? ORDER BY expires_at"),
        Rule(table: "device_request", key: "device_hash", condition: "expires_at <= ? ORDER BY expires_at"),
        Rule(table: "throttle_count", key: "key", condition: "clean_at <= ? ORDER BY clean_at"),
        Rule(table: "login_session", key: "id", condition: "clean_at <= ? ORDER BY clean_at"),
        // Codes and refresh families go with their grant.
        Rule(table: "portal_grant", key: "id", condition: "clean_at <= ? ORDER BY clean_at"),
        Rule(table: "account_history", key: "account_id, line", condition: "at <= ? ORDER BY at", kept: 365 * 86_400),
        Rule(
            table: "logout_notice", key: "id", condition: "next_attempt_at IS NULL AND created_at <= ?",
            kept: 30 * 86_400),
    ]

    private static let steps = rules.map { rule in
        (
            sql: """
            DELETE FROM \(rule.table) WHERE (\(rule.key)) IN (
                SELECT \(rule.key) FROM \(rule.table) WHERE \(rule.condition) LIMIT ?
            )
            """,
            kept: rule.kept
        )
    }
    private static let revokedTokens = """
        DELETE FROM revoked_token WHERE jti IN (
            SELECT jti FROM revoked_token WHERE clean_at <= ? ORDER BY clean_at LIMIT ?
        )
        """

    /// All statements, each of a moment and a number of rows.
    static var statements: [String] { steps.map(\.sql) + [revokedTokens] }

    /// - Parameter limit: rows of each table.
    /// - Returns: rows deleted from one table at most.
    static func run(at instant: Instant, limit: Int, _ connection: any SQLConnection) throws(StoreFault) -> Int {
        var most = 0
        for (sql, kept) in steps {
            try connection.execute(sql, [SQLValue(instant.adding(seconds: -kept)), SQLValue(limit)])
            most = max(most, connection.changes)
        }
        return most
    }

    /// Revoked access tokens apart, because what is kept of them in memory must follow.
    static func runRevokedTokens(
        at instant: Instant, limit: Int, _ connection: any SQLConnection
    ) throws(StoreFault) -> Int {
        try connection.execute(revokedTokens, [SQLValue(instant), SQLValue(limit)])
        return connection.changes
    }
}
