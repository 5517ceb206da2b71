/// The states of all licenses, for comparison with the log.
extension LicenseTable {
    struct Standing {
        let number: String
        let state: String
    }

    /// One page by rising number.
    static func standings(
        after number: String, limit: Int, _ connection: any SQLConnection
    ) throws -> [Standing] {
        try connection.rows(
            "SELECT number, state FROM license WHERE number > ? ORDER BY number LIMIT ?",
            [SQLValue(number), SQLValue(limit)]
        ).map { Standing(number: try $0.text(0), state: try $0.text(1)) }
    }
}
