import Licensing
import Primitives

/// Who holds which license, by keyed hash.
enum LicenseHolderTable {
    static func insert(
        _ lookups: [Digest], _ number: LicenseNumber, _ connection: any SQLConnection
    ) throws(StoreFault) {
        for lookup in Set(lookups) {
            try connection.execute(
                "INSERT INTO license_holder (lookup, number) VALUES (?, ?)",
                [SQLValue(lookup), SQLValue(number.description)])
        }
    }

    /// Numbers that became licenses, oldest first; pending and void ones are held by nobody.
    static func numbers(heldBy lookup: Digest, _ connection: any SQLConnection) throws -> [LicenseNumber] {
        try connection.rows(
            """
            SELECT license.number FROM license_holder JOIN license ON license.number = license_holder.number
            WHERE license_holder.lookup = ? AND license.state NOT IN (?, ?)
            ORDER BY license.reserved_at, license.number
            """,
            [SQLValue(lookup), SQLValue(LicenseState.pending.rawValue), SQLValue(LicenseState.void.rawValue)]
        ).map { try LicenseTable.number(try $0.text(0)) }
    }
}
