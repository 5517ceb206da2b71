import Identity
import Primitives

/// Refresh families: one row each, whose generation counts up.
enum RefreshFamilyTable {
    private static let columns = """
        f.id, f.grant_id, f.portal_id, f.generation, f.key_thumbprint, f.created_at, f.rotated_at, f.idle_until,
        f.expires_at, f.ended_at
        """
    private static let columnCount = 10
    /// Takes the moment four times.
    private static let usable = """
        ended_at IS NULL AND idle_until > ? AND expires_at > ? AND \(GrantTable.isLive("refresh_family.grant_id"))
        """

    private static let rotation = """
        UPDATE refresh_family SET generation = generation + 1, rotated_at = ?,
            idle_until = CASE WHEN expires_at < ? THEN expires_at ELSE ? END
        WHERE id = ? AND generation = ? AND \(usable)
        """
    private static let goodOne = """
        SELECT grant_id, idle_until, expires_at FROM refresh_family WHERE id = ? AND generation = ? AND \(usable)
        """
    private static let one = """
        SELECT \(columns), \(GrantTable.columns)
        FROM refresh_family f JOIN portal_grant g ON g.id = f.grant_id WHERE f.id = ?
        """

    static func insert(_ family: RefreshFamily, _ connection: any SQLConnection) throws(StoreFault) {
        try connection.execute(
            """
            INSERT INTO refresh_family (
                id, grant_id, portal_id, generation, key_thumbprint, created_at, rotated_at, idle_until, expires_at,
                ended_at
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                SQLValue(family.id), SQLValue(family.grantID), SQLValue(family.portalID), SQLValue(family.generation),
                SQLValue(family.keyThumbprint), SQLValue(family.createdAt), SQLValue(family.rotatedAt),
                SQLValue(family.idleUntil), SQLValue(family.expiresAt), SQLValue(family.endedAt),
            ])
    }

    static func find(
        _ id: Identifier<RefreshFamily>, _ connection: any SQLConnection
    ) throws(StoreFault) -> (family: RefreshFamily, grant: GrantTable.Row)? {
        let row = try connection.row(one, [SQLValue(id)])
        guard let row else { return nil }
        let family = RefreshFamily(
            id: try row.identifier(0), grantID: try row.identifier(1), portalID: try row.text(2),
            generation: try row.number(3), keyThumbprint: try row.optionalText(4), createdAt: try row.instant(5),
            rotatedAt: try row.instant(6), idleUntil: try row.instant(7), expiresAt: try row.instant(8),
            endedAt: try row.optionalInstant(9))
        return (family, try GrantTable.record(row, from: columnCount))
    }

    /// Has the next generation follow on the one that is good now: one statement on family, generation and liveness.
    ///
    /// - Returns: `false`, nothing having changed, where any of it is not so.
    static func rotate(_ use: RefreshUse, _ connection: any SQLConnection) throws(StoreFault) -> Bool {
        let (now, limit) = (SQLValue(use.at), SQLValue(use.idleUntil))
        try connection.execute(
            rotation, [now, limit, limit, SQLValue(use.family), SQLValue(use.generation), now, now, now, now])
        return connection.changes == 1
    }

    /// Whose a family is; asked apart, since `RETURNING` has SQLite make a table for the one row.
    static func grant(
        of id: Identifier<RefreshFamily>, _ connection: any SQLConnection
    ) throws(StoreFault) -> Identifier<Grant>? {
        try connection.row("SELECT grant_id FROM refresh_family WHERE id = ?", [SQLValue(id)])?.identifier(0)
    }

    /// Whether the generation is the one that is good now, by one statement on family, generation and liveness.
    ///
    /// - Returns: the grant, and when the family is over.
    static func good(
        _ use: RefreshUse, _ connection: any SQLConnection
    ) throws(StoreFault) -> (grant: Identifier<Grant>, idleUntil: Instant, expiresAt: Instant)? {
        let now = SQLValue(use.at)
        let row = try connection.row(
            goodOne, [SQLValue(use.family), SQLValue(use.generation), now, now, now, now])
        return try row.map { row throws(StoreFault) in
            (try row.identifier(0), try row.instant(1), try row.instant(2))
        }
    }

    /// Writes down that a family was used whose generation stays.
    static func keep(
        _ id: Identifier<RefreshFamily>, idleUntil: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) {
        try connection.execute(
            "UPDATE refresh_family SET idle_until = ? WHERE id = ?", [SQLValue(idleUntil), SQLValue(id)])
    }

    static func end(
        _ id: Identifier<RefreshFamily>, at instant: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) {
        try connection.execute(
            "UPDATE refresh_family SET ended_at = ? WHERE id = ? AND ended_at IS NULL",
            [SQLValue(instant), SQLValue(id)])
    }
}
