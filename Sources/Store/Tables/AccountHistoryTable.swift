import Identity
import Primitives

/// What account owners may see of the past, sealed line by line.
enum AccountHistoryTable {
    struct Line {
        let at: Instant
        let sealed: [UInt8]
    }

    static func append(
        _ sealed: [UInt8], to account: Identifier<Account>, at instant: Instant, _ connection: any SQLConnection
    ) throws(StoreFault) {
        let last = try connection.row(
            "SELECT COALESCE(MAX(line), 0) FROM account_history WHERE account_id = ?", [SQLValue(account)])
        try connection.execute(
            "INSERT INTO account_history (account_id, line, at, sealed) VALUES (?, ?, ?, ?)",
            [SQLValue(account), SQLValue((try last?.number(0) ?? 0) + 1), SQLValue(instant), .blob(sealed)])
    }

    /// Latest first.
    static func latest(
        of account: Identifier<Account>, limit: Int, _ connection: any SQLConnection
    ) throws -> [Line] {
        try connection.rows(
            "SELECT at, sealed FROM account_history WHERE account_id = ? ORDER BY line DESC LIMIT ?",
            [SQLValue(account), SQLValue(limit)]
        ).map { Line(at: try $0.instant(0), sealed: try $0.blob(1)) }
    }
}
