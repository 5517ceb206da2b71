import Audit

/// The one row from which the Merkle tree is grown.
enum AuditFrontierTable {
    private static let id = SQLValue(1)

    /// The empty frontier when nothing was appended yet.
    static func load(_ connection: any SQLConnection) throws(StoreFault) -> MerkleFrontier {
        guard let row = try connection.row("SELECT frontier FROM audit_frontier WHERE id = ?", [id]) else {
            return MerkleFrontier()
        }
        guard let frontier = MerkleFrontier(encoded: try row.blob(0)) else {
            throw .corrupted("the frontier of the audit log is damaged")
        }
        return frontier
    }

    static func store(_ frontier: MerkleFrontier, _ connection: any SQLConnection) throws(StoreFault) {
        let value = SQLValue.blob(frontier.encoded)
        try connection.execute("UPDATE audit_frontier SET frontier = ? WHERE id = ?", [value, id])
        guard connection.changes == 0 else { return }
        try connection.execute("INSERT INTO audit_frontier (id, frontier) VALUES (?, ?)", [id, value])
    }
}
