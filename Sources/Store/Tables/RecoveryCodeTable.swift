import Identity
import Primitives

/// Recovery codes that were not used yet, by hash.
enum RecoveryCodeTable {
    static func replaceAll(
        of id: Identifier<Account>, with codes: [Digest], _ connection: any SQLConnection
    ) throws(StoreFault) {
        try connection.execute("DELETE FROM recovery_code WHERE account_id = ?", [SQLValue(id)])
        for code in Set(codes) {
            try connection.execute(
                "INSERT INTO recovery_code (account_id, hash) VALUES (?, ?)", [SQLValue(id), SQLValue(code)])
        }
    }

    static func spend(
        _ code: Digest, of id: Identifier<Account>, _ connection: any SQLConnection
    ) throws(StoreFault) -> Bool {
        try connection.execute(
            "DELETE FROM recovery_code WHERE account_id = ? AND hash = ?", [SQLValue(id), SQLValue(code)])
        return connection.changes == 1
    }
}
