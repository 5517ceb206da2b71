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
}
