import Primitives

/// Counters of attempts, each with the moment its window began.
enum ThrottleTable {
    /// Counts one attempt and returns where the counter stands now.
    static func count(
        _ key: Digest, window: Int64, at instant: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) -> (began: Instant, attempts: Int) {
        let overSince = SQLValue(instant.adding(seconds: -window))
        let row = try connection.row(
            """
            INSERT INTO throttle_count (key, began_at, attempts, clean_at) VALUES (?, ?, 1, ?)
            ON CONFLICT (key) DO UPDATE SET
                attempts = CASE WHEN throttle_count.began_at <= ? THEN 1 ELSE throttle_count.attempts + 1 END,
                clean_at = CASE WHEN throttle_count.began_at <= ? THEN excluded.clean_at ELSE throttle_count.clean_at END,
                began_at = CASE WHEN throttle_count.began_at <= ? THEN excluded.began_at ELSE throttle_count.began_at END
            RETURNING began_at, attempts
            """,
            [
                SQLValue(key), SQLValue(instant), SQLValue(instant.adding(seconds: window)), overSince, overSince,
                overSince,
            ])
        guard let row else { throw .failed("a counter was not stored") }
        return (try row.instant(0), try row.number(1))
    }

    /// Takes one attempt off, unless a later window began.
    static func forgive(_ key: Digest, countedAt: Instant, _ connection: any SQLConnection) throws(StoreFault) {
        try connection.execute(
            "UPDATE throttle_count SET attempts = attempts - 1 WHERE key = ? AND attempts > 0 AND began_at <= ?",
            [SQLValue(key), SQLValue(countedAt)])
    }
}
