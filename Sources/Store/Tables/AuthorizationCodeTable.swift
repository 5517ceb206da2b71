import Identity
import Primitives

/// Codes by hash. They stay as long as their grant, so that a second use is known as one.
enum AuthorizationCodeTable {
    private static let columns = """
        c.hash, c.grant_id, c.portal_id, c.redirect_uri, c.challenge, c.key_thumbprint, c.nonce, c.issued_at,
        c.expires_at, c.spent_at
        """
    private static let columnCount = 10
    private static let one = """
        SELECT \(columns), \(GrantTable.columns)
        FROM authorization_code c JOIN portal_grant g ON g.id = c.grant_id WHERE c.hash = ?
        """
    private static let spending = """
        UPDATE authorization_code SET spent_at = ? WHERE hash = ? AND spent_at IS NULL AND expires_at > ?
        AND \(GrantTable.isLive("authorization_code.grant_id"))
        """

    static func insert(_ code: AuthorizationCode, _ connection: any SQLConnection) throws(StoreFault) {
        try connection.execute(
            """
            INSERT INTO authorization_code (
                hash, grant_id, portal_id, redirect_uri, challenge, key_thumbprint, nonce, issued_at, expires_at
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                SQLValue(code.hash), SQLValue(code.grantID), SQLValue(code.portalID), SQLValue(code.redirectURI),
                SQLValue(code.challenge), SQLValue(code.keyThumbprint), SQLValue(code.nonce), SQLValue(code.issuedAt),
                SQLValue(code.expiresAt),
            ])
    }

    static func find(
        _ hash: Digest, _ connection: any SQLConnection
    ) throws(StoreFault) -> (code: AuthorizationCode, isSpent: Bool, grant: GrantTable.Row)? {
        let row = try connection.row(one, [SQLValue(hash)])
        guard let row else { return nil }
        let code = AuthorizationCode(
            hash: try row.digest(0), grantID: try row.identifier(1), portalID: try row.text(2),
            redirectURI: try row.text(3), challenge: try row.optionalText(4), keyThumbprint: try row.optionalText(5),
            nonce: try row.optionalText(6), issuedAt: try row.instant(7), expiresAt: try row.instant(8))
        return (code, try !row.isNull(9), try GrantTable.record(row, from: columnCount))
    }

    /// Spends a code that is not spent, not too late and of a live grant.
    static func spend(_ hash: Digest, at instant: Instant, _ connection: any SQLConnection) throws(StoreFault) -> Bool {
        let now = SQLValue(instant)
        try connection.execute(spending, [now, SQLValue(hash), now, now, now])
        return connection.changes == 1
    }

    /// The grant of a code, and whether it was spent.
    static func standing(
        of hash: Digest, _ connection: any SQLConnection
    ) throws(StoreFault) -> (grant: Identifier<Grant>, isSpent: Bool)? {
        let row = try connection.row(
            "SELECT grant_id, spent_at FROM authorization_code WHERE hash = ?", [SQLValue(hash)])
        guard let row else { return nil }
        return (try row.identifier(0), try !row.isNull(1))
    }
}
