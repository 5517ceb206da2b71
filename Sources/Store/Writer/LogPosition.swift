import Audit
import Licensing

/// Where a group stands in the log while it is written.
struct LogPosition {
    private(set) var frontier: MerkleFrontier
    /// Pseudonyms that the group met first; they may be cached once it is committed.
    private(set) var pseudonyms: [PseudonymKey: AuditPseudonym] = [:]
    private let appender: AuditAppender

    init(_ appender: AuditAppender, _ connection: any SQLConnection) throws(StoreFault) {
        self.appender = appender
        frontier = try appender.frontier(connection)
    }

    /// Appends the entries of one change.
    mutating func append(
        _ entries: [AuditEntry], states: [LicenseNumber: LicenseState], _ connection: any SQLConnection
    ) throws {
        guard !entries.isEmpty || states.isEmpty else { throw StoreFault.failed("a change came without audit entry") }
        var words = states.reduce(into: [:]) { $0[$1.key.description] = $1.value.rawValue }
        for entry in entries {
            try appender.append(entry, states: words, to: &frontier, fresh: &pseudonyms, connection)
            words = [:]
        }
    }
}
