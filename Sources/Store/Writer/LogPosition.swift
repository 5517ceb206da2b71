import Audit
import Licensing

/// Where a group stands in the log while it is written.
struct LogPosition {
    private(set) var frontier: MerkleFrontier
    /// Pseudonyms that the group met first; they may be cached once it is committed.
    private(set) var pseudonyms: [PseudonymKey: AuditPseudonym] = [:]
    /// Of the entries appended, to be stored at the end of the group.
    private var leaves: [[UInt8]] = []
    private var sealed: [[UInt8]] = []
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
            let row = try appender.append(entry, states: words, to: &frontier, fresh: &pseudonyms, connection)
            leaves.append(row.leaf)
            sealed.append(row.sealed)
            words = [:]
        }
    }

    /// Stores what was appended.
    func close(_ connection: any SQLConnection) throws {
        if leaves.isEmpty { return }
        try appender.close(frontier, leaves: leaves, sealed: sealed, connection)
    }
}
