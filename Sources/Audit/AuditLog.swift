/// Port: the log, for entries that belong to no change: refusals, look-ups, tokens without a row.
package protocol AuditLog: Sendable {
    /// Durable before the call returns.
    func append(_ entry: AuditEntry) async throws
}
