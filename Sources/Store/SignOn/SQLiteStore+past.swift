package import Audit
package import Identity
package import Primitives

extension SQLiteStore: LogoutOutbox {
    package func due(
        at instant: Instant, limit: Int, excluding portals: Set<String>
    ) async throws -> [LogoutNotice] {
        try await database.read { try LogoutNoticeTable.due(at: instant, limit: limit, excluding: portals, $0) }
    }

    package func delivered(_ id: Identifier<LogoutNotice>, entries: [AuditEntry]) async throws {
        try await write { _, connection in
            try LogoutNoticeTable.delete(id, connection)
            return Change((), entries: entries)
        }
    }

    package func failed(
        _ id: Identifier<LogoutNotice>, fault: String, nextAttemptAt: Instant?, entries: [AuditEntry]
    ) async throws {
        try await write { _, connection in
            let isThere = try LogoutNoticeTable.fail(id, fault: fault, nextAttemptAt: nextAttemptAt, connection)
            return Change((), entries: isThere ? entries : [])
        }
    }

    package func undelivered() async throws -> [LogoutNotice] {
        try await database.read { try LogoutNoticeTable.undelivered($0) }
    }
}

extension SQLiteStore: NoticeBook {
    package func acknowledgedData(
        account: Identifier<Account>, portalID: String, agreed: Bool
    ) async throws -> Set<String> {
        try await database.shortRead {
            try AcknowledgedDataTable.names(account, portalID: portalID, agreed: agreed, $0)
        }
    }
}

extension SQLiteStore: HistoryBook {
    package func history(of account: Identifier<Account>, limit: Int) async throws -> [HistoryEntry] {
        try await database.read { try AccountHistoryTable.latest(of: account, limit: limit, $0) }.map {
            try seals.entry($0, of: account)
        }
    }
}

/// `append` is beside the register.
extension SQLiteStore: AuditLog {}
