import Licensing
import Primitives

/// The steps of each license. Reasons are free text, in which people name people: they are sealed.
enum LicenseHistoryTable {
    struct Step {
        let at: Instant
        let state: LicenseState
        let sealedReason: [UInt8]?
        let actor: String
    }

    /// What a reason is sealed with.
    static func context(of number: LicenseNumber) -> String { "history/\(number)" }

    static func append(
        _ step: Step, to number: LicenseNumber, _ connection: any SQLConnection
    ) throws(StoreFault) {
        try connection.execute(
            """
            INSERT INTO license_history (number, step, at, state, reason, actor)
            SELECT ?, COALESCE(MAX(step), 0) + 1, ?, ?, ?, ? FROM license_history WHERE number = ?
            """,
            [
                SQLValue(number.description), SQLValue(step.at), SQLValue(step.state.rawValue),
                step.sealedReason.map { .blob($0) } ?? .null, SQLValue(step.actor), SQLValue(number.description),
            ])
    }

    /// Oldest first.
    static func all(of number: LicenseNumber, _ connection: any SQLConnection) throws -> [Step] {
        try connection.rows(
            "SELECT at, state, reason, actor FROM license_history WHERE number = ? ORDER BY step",
            [SQLValue(number.description)]
        ).map { row in
            Step(
                at: try row.instant(0), state: try LicenseTable.state(try row.text(1)),
                sealedReason: try row.isNull(2) ? nil : try row.blob(2), actor: try row.text(3))
        }
    }
}
