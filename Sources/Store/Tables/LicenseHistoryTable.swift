import Licensing

/// The steps of each license.
enum LicenseHistoryTable {
    static func append(
        _ entry: LicenseHistoryEntry, to number: LicenseNumber, _ connection: any SQLConnection
    ) throws(StoreFault) {
        try connection.execute(
            """
            INSERT INTO license_history (number, step, at, state, reason, actor)
            SELECT ?, COALESCE(MAX(step), 0) + 1, ?, ?, ?, ? FROM license_history WHERE number = ?
            """,
            [
                SQLValue(number.description), SQLValue(entry.at), SQLValue(entry.state.rawValue),
                SQLValue(entry.reason), SQLValue(entry.actor), SQLValue(number.description),
            ])
    }

    /// Oldest first.
    static func all(of number: LicenseNumber, _ connection: any SQLConnection) throws -> [LicenseHistoryEntry] {
        try connection.rows(
            "SELECT at, state, reason, actor FROM license_history WHERE number = ? ORDER BY step",
            [SQLValue(number.description)]
        ).map { row in
            LicenseHistoryEntry(
                at: try row.instant(0), state: try LicenseTable.state(try row.text(1)),
                reason: try row.optionalText(2), actor: try row.text(3))
        }
    }
}
