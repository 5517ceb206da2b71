import Identity
import Primitives

/// Values that may be used once and were.
enum SpentValueTable {
    /// - Returns: `false`, nothing having changed, when it was spent before.
    static func insert(
        _ value: Digest, _ kind: OneTimeKind, until: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) -> Bool {
        try connection.execute(
            "INSERT INTO spent_value (value, kind, clean_at) VALUES (?, ?, ?) ON CONFLICT (value, kind) DO NOTHING",
            [SQLValue(value), SQLValue(kind.rawValue), SQLValue(until)])
        return connection.changes == 1
    }

    static func insert(_ value: OneTimeValue, _ connection: any SQLConnection) throws(StoreFault) -> Bool {
        try insert(value.value, value.kind, until: value.until, connection)
    }

    static func contains(_ value: OneTimeValue, _ connection: any SQLConnection) throws(StoreFault) -> Bool {
        try connection.row(
            "SELECT 1 FROM spent_value WHERE value = ? AND kind = ?",
            [SQLValue(value.value), SQLValue(value.kind.rawValue)]) != nil
    }
}
