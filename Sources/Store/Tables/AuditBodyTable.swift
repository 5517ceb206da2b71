/// Salt and body of each entry, sealed together: with the salt in clear, a short body could be guessed.
enum AuditBodyTable {
    static let insertion = BatchInsertion(into: "audit_body (seq, sealed)")
}
