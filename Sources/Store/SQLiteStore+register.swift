package import Audit
package import Licensing
package import Primitives

extension SQLiteStore: LicenseRegister {
    package func reserve(
        _ intent: IssuanceIntent, entry: @escaping @Sendable (LicenseNumber) -> AuditEntry
    ) async throws -> Reservation {
        let request = try requestMark(of: intent)
        return try await write { writing, connection in
            try writing.changes.reserve(intent, request: request, entry: entry, connection)
        }
    }

    package func complete(
        _ number: LicenseNumber, documents: [SealedDocument], at instant: Instant, entries: [AuditEntry]
    ) async throws {
        try await write { writing, connection in
            try writing.changes.complete(number, documents: documents, at: instant, entries: entries, connection)
        }
    }

    package func void(_ number: LicenseNumber, reason: String, entry: AuditEntry) async throws {
        try await write { writing, connection in
            try writing.changes.void(number, reason: reason, entry: entry, connection)
        }
    }

    /// They become this process's own: a second call, here or elsewhere, does not return them again while it lives.
    package func unfinished() async throws -> [LicenseRecord] {
        try await write { writing, connection in
            let instances = writing.instances
            let gone = try LicenseTable.pendingOwners(connection).filter { try instances.isGone($0) }
            let records = try gone.flatMap { try LicenseTable.takeOver(from: $0, to: instances.own, connection) }
            return Change(records, entries: [])
        }
    }

    package func change(
        _ number: LicenseNumber, from states: Set<LicenseState>, to state: LicenseState, reason: String,
        actor: String, at instant: Instant, entry: AuditEntry
    ) async throws {
        try await write { writing, connection in
            try writing.changes.change(
                number, from: states, to: state, reason: reason, actor: actor, at: instant, entry: entry, connection)
        }
    }

    package func record(of number: LicenseNumber) async throws -> LicenseRecord? {
        try await database.read { try LicenseTable.find(number, $0) }
    }

    package func history(of number: LicenseNumber) async throws -> [LicenseHistoryEntry] {
        let sealing = ports.sealing
        return try await database.read { try LicenseHistoryTable.all(of: number, $0) }.map { step in
            let reason = try step.sealedReason.map {
                try sealing.open($0, context: LicenseHistoryTable.context(of: number))
            }
            return LicenseHistoryEntry(
                at: step.at, state: step.state, reason: reason.map { String(decoding: $0.exposedBytes, as: UTF8.self) },
                actor: step.actor)
        }
    }

    package func document(of number: LicenseNumber, format: LicenseType.Format) async throws -> SealedDocument? {
        try await database.read { try LicenseDocumentTable.find(number, format: format, $0) }
    }

    /// Oldest first; pending and void numbers are held by nobody.
    package func numbers(heldBy lookup: Digest) async throws -> [LicenseNumber] {
        try await database.read { try LicenseHolderTable.numbers(heldBy: lookup, $0) }
    }

    package func statusLists() async throws -> [Int] {
        try await database.read { try StatusListTable.all($0) }
    }

    package func statusList(_ list: Int) async throws -> StatusListContent? {
        try await database.read { connection in
            guard let row = try StatusListTable.find(list, connection) else { return nil }
            return StatusListContent(
                list: list, departmentID: row.departmentID, capacity: row.capacity, version: row.version,
                marks: try LicenseTable.marks(of: list, connection))
        }
    }

    package func append(_ entry: AuditEntry) async throws {
        try await write { _, _ in Change((), entries: [entry]) }
    }

    private func requestMark(of intent: IssuanceIntent) throws -> RequestMark? {
        guard let key = intent.idempotencyKey else { return nil }
        let application = try ports.sealing.open(
            intent.sealedApplication, context: "application/\(intent.intentID)")
        let frame = [intent.type.id, intent.department.id, intent.previous?.description ?? "", ""]
        let content = ports.sealing.lookupValue(
            of: Secret(Array(frame.joined(separator: "\n").utf8) + application.exposedBytes),
            purpose: "idempotent-request")
        return RequestMark(
            key: ports.sealing.lookupValue(of: Secret(Array(key.utf8)), purpose: "idempotency-key"), content: content)
    }
}
