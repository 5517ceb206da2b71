/// The leaves of the log, 121 bytes each, by index from 0.
enum AuditLeafTable {
    static let insertion = BatchInsertion(into: "audit_leaf (seq, leaf)")

    /// One page of leaves with their sealed bodies, where these are there.
    static func page(
        from sequence: Int, limit: Int, _ connection: any SQLConnection
    ) throws -> [(sequence: Int, leaf: [UInt8], sealedBody: [UInt8]?)] {
        try connection.rows(
            """
            SELECT audit_leaf.seq, audit_leaf.leaf, audit_body.sealed
            FROM audit_leaf LEFT JOIN audit_body ON audit_body.seq = audit_leaf.seq
            WHERE audit_leaf.seq >= ? ORDER BY audit_leaf.seq LIMIT ?
            """, [SQLValue(sequence), SQLValue(limit)]
        ).map { row in
            (try row.number(0), try row.blob(1), try row.isNull(2) ? nil : try row.blob(2))
        }
    }
}
