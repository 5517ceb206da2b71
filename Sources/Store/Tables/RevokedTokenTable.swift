import Primitives

/// Access tokens that are invalid before their end.
enum RevokedTokenTable {
    /// - Returns: `false`, nothing having changed, when it was there.
    static func insert(
        _ jti: String, until: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) -> Bool {
        try connection.execute(
            "INSERT INTO revoked_token (jti, clean_at) VALUES (?, ?) ON CONFLICT (jti) DO NOTHING",
            [SQLValue(jti), SQLValue(until)])
        return connection.changes == 1
    }

    static func contains(_ jti: String, _ connection: any SQLConnection) throws(StoreFault) -> Bool {
        try connection.row("SELECT 1 FROM revoked_token WHERE jti = ?", [SQLValue(jti)]) != nil
    }

    static func all(limit: Int, _ connection: any SQLConnection) throws -> [String] {
        try connection.rows("SELECT jti FROM revoked_token LIMIT ?", [SQLValue(limit)]).map { try $0.text(0) }
    }
}
