import Licensing
import Primitives

/// Which process will finish a pending license.
extension LicenseTable {
    /// The owners of all pending licenses.
    static func pendingOwners(_ connection: any SQLConnection) throws -> [Identifier<StoreInstance>] {
        try connection.rows(
            "SELECT DISTINCT owner FROM license WHERE state = ?", [SQLValue(LicenseState.pending.rawValue)]
        ).map { try $0.identifier(0) }
    }

    /// Gives the pending licenses of one owner to another and returns them, oldest first.
    static func takeOver(
        from old: Identifier<StoreInstance>, to new: Identifier<StoreInstance>, _ connection: any SQLConnection
    ) throws -> [LicenseRecord] {
        let key = [SQLValue(LicenseState.pending.rawValue), SQLValue(old)]
        let numbers = try connection.rows(
            "SELECT number FROM license WHERE state = ? AND owner = ? ORDER BY reserved_at, number", key)
        try connection.execute("UPDATE license SET owner = ? WHERE state = ? AND owner = ?", [SQLValue(new)] + key)
        return try numbers.compactMap { try find(try number(try $0.text(0)), connection) }
    }
}
