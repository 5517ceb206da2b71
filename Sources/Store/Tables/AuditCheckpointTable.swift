import Audit

/// One signed checkpoint for each committed group.
enum AuditCheckpointTable {
    static func insert(
        size: Int, root: [UInt8], note: String, _ connection: any SQLConnection
    ) throws(StoreFault) {
        try connection.execute(
            "INSERT INTO audit_checkpoint (size, root, note) VALUES (?, ?, ?)",
            [SQLValue(size), .blob(root), .blob(Array(note.utf8))])
    }

    static func latest(_ connection: any SQLConnection) throws(StoreFault) -> StoredCheckpoint? {
        let row = try connection.row("SELECT size, root, note FROM audit_checkpoint ORDER BY size DESC LIMIT 1")
        guard let row else { return nil }
        return try checkpoint(row)
    }

    /// One page by rising size.
    static func page(
        after size: Int, limit: Int, _ connection: any SQLConnection
    ) throws -> [StoredCheckpoint] {
        try connection.rows(
            "SELECT size, root, note FROM audit_checkpoint WHERE size > ? ORDER BY size LIMIT ?",
            [SQLValue(size), SQLValue(limit)]
        ).map(checkpoint)
    }

    private static func checkpoint(_ row: SQLRow) throws(StoreFault) -> StoredCheckpoint {
        StoredCheckpoint(size: try row.number(0), root: try row.blob(1), note: try row.blob(2))
    }
}
