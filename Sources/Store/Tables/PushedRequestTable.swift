import Primitives

/// Pushed authorization requests until they are taken; sealed, for they may name a person.
enum PushedRequestTable {
    /// How many of a portal wait, counted to `limit`.
    static func waiting(
        of portalID: String, at instant: Instant, limit: Int, _ connection: any SQLConnection
    ) throws(StoreFault) -> Int {
        try connection.row(
            """
            SELECT COUNT(*) FROM (
                SELECT 1 FROM pushed_request WHERE portal_id = ? AND expires_at > ? LIMIT ?
            ) AS waiting
            """, [SQLValue(portalID), SQLValue(instant), SQLValue(limit)])?.number(0) ?? 0
    }

    static func insert(
        _ hash: Digest, portalID: String, sealed: [UInt8], expiresAt: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) {
        try connection.execute(
            "INSERT INTO pushed_request (hash, portal_id, sealed, expires_at) VALUES (?, ?, ?, ?)",
            [SQLValue(hash), SQLValue(portalID), .blob(sealed), SQLValue(expiresAt)])
    }

    /// The sealed request, which is gone then.
    static func take(
        _ hash: Digest, portalID: String, at instant: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) -> [UInt8]? {
        try connection.row(
            "DELETE FROM pushed_request WHERE hash = ? AND portal_id = ? AND expires_at > ? RETURNING sealed",
            [SQLValue(hash), SQLValue(portalID), SQLValue(instant)])?.blob(0)
    }
}
