import Audit
import Licensing
import Primitives

/// The register's changes as statements in one savepoint; each returns the states it made for the log.
struct RegisterChanges: Sendable {
    let randomness: any Randomness
    let sealing: any Sealing
    let statusListCapacity: Int
    let owner: Identifier<StoreInstance>

    /// - Parameter request: where the intent has an idempotency key.
    func reserve(
        _ intent: IssuanceIntent, request: RequestMark?, entry: (LicenseNumber) -> AuditEntry,
        _ connection: any SQLConnection
    ) throws -> Change<Reservation> {
        if let request, let known = try LicenseTable.find(idempotencyKey: request.key, connection) {
            guard known.request == request.content else { throw RegisterRefusal.keyReused }
            let record = known.record
            return Change(
                Reservation(number: record.number, place: record.place, existing: record.state), entries: [])
        }
        let number = try NumberAllocation.next(for: intent, connection)
        let place = try StatusListTable.takePlace(
            department: intent.department.id, capacity: statusListCapacity, randomness: randomness, connection)
        try LicenseTable.insert(number, place, intent, request: request, owner: owner, connection)
        try LicenseHolderTable.insert(intent.holderLookups, number, connection)
        let entry = entry(number)
        try note(.pending, of: number, at: intent.at, reason: nil, actor: entry.actor, connection)
        return Change(
            Reservation(number: number, place: place, existing: nil), entries: [entry], states: [number: .pending])
    }

    func complete(
        _ number: LicenseNumber, documents: [SealedDocument], at instant: Instant, entries: [AuditEntry],
        _ connection: any SQLConnection
    ) throws -> Change<Void> {
        let record = try record(number, in: [.pending], connection)
        let actor = entries.first?.actor
        var states: [LicenseNumber: LicenseState] = [number: .valid]
        try LicenseTable.set(.valid, of: number, connection)
        try LicenseTable.setIssued(number, at: instant, connection)
        for document in documents { try LicenseDocumentTable.insert(document, of: number, connection) }
        try note(.valid, of: number, at: instant, reason: nil, actor: actor, connection)
        if let previous = record.supersedes {
            // It may have been revoked since the reservation; then nothing may take its place.
            let old = try self.record(previous, in: [.valid, .suspended], connection)
            try LicenseTable.set(.superseded, of: previous, connection)
            try LicenseTable.setNext(of: previous, to: number, connection)
            try StatusListTable.raiseVersion(of: old.place.list, connection)
            try note(.superseded, of: previous, at: instant, reason: nil, actor: actor, connection)
            states[previous] = .superseded
        }
        return Change((), entries: entries, states: states)
    }

    func void(
        _ number: LicenseNumber, reason: String, entry: AuditEntry, _ connection: any SQLConnection
    ) throws -> Change<Void> {
        _ = try record(number, in: [.pending], connection)
        try LicenseTable.set(.void, of: number, connection)
        try note(.void, of: number, at: entry.at, reason: reason, actor: entry.actor, connection)
        return Change((), entries: [entry], states: [number: .void])
    }

    func change(
        _ number: LicenseNumber, from states: Set<LicenseState>, to state: LicenseState,
        reason: String, actor: String, at instant: Instant, entry: AuditEntry, _ connection: any SQLConnection
    ) throws -> Change<Void> {
        let record = try record(number, in: states, connection)
        try LicenseTable.set(state, of: number, connection)
        try StatusListTable.raiseVersion(of: record.place.list, connection)
        try note(state, of: number, at: instant, reason: reason, actor: actor, connection)
        return Change((), entries: [entry], states: [number: state])
    }

    private func record(
        _ number: LicenseNumber, in states: Set<LicenseState>, _ connection: any SQLConnection
    ) throws -> LicenseRecord {
        guard let record = try LicenseTable.find(number, connection) else { throw RegisterRefusal.unknownNumber }
        guard states.contains(record.state) else { throw RegisterRefusal.wrongState(record.state) }
        return record
    }

    private func note(
        _ state: LicenseState, of number: LicenseNumber, at instant: Instant, reason: String?, actor: String?,
        _ connection: any SQLConnection
    ) throws {
        let sealed = try reason.map { reason in
            try sealing.seal(Secret(Array(reason.utf8)), context: LicenseHistoryTable.context(of: number))
        }
        // An entry without actor is the program's own doing, for example after a stop.
        let step = LicenseHistoryTable.Step(
            at: instant, state: state, sealedReason: sealed, actor: actor ?? "chancery")
        try LicenseHistoryTable.append(step, to: number, connection)
    }
}
