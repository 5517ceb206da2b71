import Audit
import Licensing
import Primitives
import Synchronization

/// The register's rules without a disk. `before` runs at the start of each change and may throw, as a fault would.
final class MemoryRegister: LicenseRegister {
    enum Step: Hashable, Sendable {
        case reserve, complete, void, change, append
    }

    struct Row {
        var record: LicenseRecord
        let key: String?
        let request: [UInt8]
        var documents: [SealedDocument] = []
        var history: [LicenseHistoryEntry] = []
        var isOwned = true
        let lookups: [Digest]
    }

    struct State {
        var rows: [LicenseNumber: Row] = [:]
        var order: [LicenseNumber] = []
        var entries: [AuditEntry] = []
        var serials = 0
        var version = 1
        var faults: [Step: [any Error]] = [:]
        var steps: [Step] = []
    }

    static let capacity = 4096
    private let state = Mutex(State())
    private let sealing = BoundSealing()

    var entries: [AuditEntry] { state.withLock { $0.entries } }
    var events: [AuditEvent] { entries.map(\.event) }
    var steps: [Step] { state.withLock { $0.steps } }
    var numbers: [LicenseNumber] { state.withLock { $0.order } }
    func row(_ number: LicenseNumber) -> Row? { state.withLock { $0.rows[number] } }
    var states: [LicenseState] { state.withLock { state in state.order.compactMap { state.rows[$0]?.record.state } } }

    /// The next calls of `step` fail with these, one after the other.
    func fail(_ step: Step, with errors: [any Error]) { state.withLock { $0.faults[step] = errors } }

    /// Makes every stored document another than the one whose digest was kept.
    func damageDocuments(of number: LicenseNumber) {
        state.withLock { state in
            let documents = state.rows[number]?.documents ?? []
            state.rows[number]?.documents = documents.map {
                SealedDocument(format: $0.format, sealed: $0.sealed, digest: BoundSealing.other($0.digest))
            }
        }
    }

    /// As a restart: nobody works on pending numbers any more.
    func disown() {
        state.withLock { state in for number in state.order { state.rows[number]?.isOwned = false } }
    }

    private func change<Value>(_ step: Step, _ body: (inout State) throws -> Value) throws -> Value {
        try state.withLock { state in
            state.steps.append(step)
            if var waiting = state.faults[step], !waiting.isEmpty {
                let fault = waiting.removeFirst()
                state.faults[step] = waiting
                throw fault
            }
            return try body(&state)
        }
    }

    func reserve(
        _ intent: IssuanceIntent, entry: @escaping @Sendable (LicenseNumber) -> AuditEntry
    ) async throws -> Reservation {
        let application = try sealing.open(intent.sealedApplication, context: "application/\(intent.intentID)")
        let request = Array("\(intent.type.id)/\(intent.department.id)/".utf8) + application.exposedBytes
        return try change(.reserve) { state in
            if let key = intent.idempotencyKey, let known = state.rows.values.first(where: { $0.key == key }) {
                guard known.request == request else { throw RegisterRefusal.keyReused }
                let record = known.record
                return Reservation(number: record.number, place: record.place, existing: record.state)
            }
            let number = try Self.number(for: intent, &state)
            let place = StatusPlace(list: 1, index: (state.order.count * 37 + 11) % Self.capacity)
            let record = LicenseRecord(
                number: number, typeID: intent.type.id, departmentID: intent.department.id, state: .pending,
                place: place, intentID: intent.intentID, sealedApplication: intent.sealedApplication,
                validFrom: intent.validFrom, validUntil: intent.validUntil, reservedAt: intent.at, issuedAt: nil,
                supersedes: intent.previous, supersededBy: nil)
            state.rows[number] = Row(
                record: record, key: intent.idempotencyKey, request: request, lookups: intent.holderLookups)
            state.order.append(number)
            state.entries.append(entry(number))
            return Reservation(number: number, place: place, existing: nil)
        }
    }

    private static func number(for intent: IssuanceIntent, _ state: inout State) throws -> LicenseNumber {
        var (serial, version) = ("", 1)
        if let previous = intent.previous {
            guard let old = state.rows[previous]?.record else { throw RegisterRefusal.unknownNumber }
            guard old.state == .valid || old.state == .suspended else { throw RegisterRefusal.wrongState(old.state) }
            serial = previous.serial
            version = (state.order.filter { $0.serial == serial }.map(\.version).max() ?? 0) + 1
        } else {
            state.serials += 1
            serial = "2026" + state.serials.padded(7)
        }
        guard
            let number = LicenseNumber(
                typeCode: intent.type.code, issuerCode: intent.department.code.text, serial: serial, version: version)
        else { throw RegisterRefusal.exhausted("serial") }
        return number
    }

    func complete(
        _ number: LicenseNumber, documents: [SealedDocument], at: Instant, entries: [AuditEntry]
    ) async throws {
        try change(.complete) { state in
            guard let row = state.rows[number] else { throw RegisterRefusal.unknownNumber }
            guard row.record.state == .pending else { throw RegisterRefusal.wrongState(row.record.state) }
            if let previous = row.record.supersedes {
                guard let old = state.rows[previous]?.record.state, old == .valid || old == .suspended else {
                    throw RegisterRefusal.wrongState(state.rows[previous]?.record.state ?? .void)
                }
                state.rows[previous]?.set(.superseded, supersededBy: number)
                state.version += 1
            }
            state.rows[number]?.set(.valid, issuedAt: at)
            state.rows[number]?.documents = documents
            state.entries += entries
        }
    }

    func void(_ number: LicenseNumber, reason: String, entry: AuditEntry) async throws {
        try change(.void) { state in
            guard state.rows[number]?.record.state == .pending else { throw RegisterRefusal.wrongState(.void) }
            state.rows[number]?.set(.void)
            let step = LicenseHistoryEntry(at: entry.at, state: .void, reason: reason, actor: entry.actor ?? "")
            state.rows[number]?.history.append(step)
            state.entries.append(entry)
        }
    }

    func unfinished() async throws -> [LicenseRecord] {
        state.withLock { state in
            let numbers = state.order.filter {
                state.rows[$0].map { !$0.isOwned && $0.record.state == .pending } ?? false
            }
            for number in numbers { state.rows[number]?.isOwned = true }
            return numbers.compactMap { state.rows[$0]?.record }
        }
    }

    func change(
        _ number: LicenseNumber, from states: Set<LicenseState>, to target: LicenseState, reason: String, actor: String,
        at: Instant, entry: AuditEntry
    ) async throws {
        try change(.change) { state in
            guard let row = state.rows[number] else { throw RegisterRefusal.unknownNumber }
            guard states.contains(row.record.state) else { throw RegisterRefusal.wrongState(row.record.state) }
            state.rows[number]?.set(target)
            state.rows[number]?.history.append(
                LicenseHistoryEntry(at: at, state: target, reason: reason, actor: actor))
            state.entries.append(entry)
            state.version += 1
        }
    }

    func append(_ entry: AuditEntry) async throws {
        try change(.append) { $0.entries.append(entry) }
    }
}

// Reading.
extension MemoryRegister {
    func record(of number: LicenseNumber) async throws -> LicenseRecord? { row(number)?.record }
    func history(of number: LicenseNumber) async throws -> [LicenseHistoryEntry] { row(number)?.history ?? [] }

    func document(of number: LicenseNumber, format: LicenseType.Format) async throws -> SealedDocument? {
        row(number)?.documents.first { $0.format == format }
    }

    func numbers(heldBy lookup: Digest) async throws -> [LicenseNumber] {
        numbers.filter { row($0)?.lookups.contains(lookup) ?? false }
    }

    func statusLists() async throws -> [Int] { numbers.isEmpty ? [] : [1] }

    func statusList(_ list: Int) async throws -> StatusListContent? {
        guard list == 1, let first = numbers.first.flatMap({ row($0)?.record }) else { return nil }
        let marks = numbers.compactMap { row($0)?.record }.filter {
            [.suspended, .revoked, .cancelled, .superseded].contains($0.state)
        }.map { StatusMark(index: $0.place.index, state: $0.state, supersededBy: $0.supersededBy) }
        return StatusListContent(
            list: 1, departmentID: first.departmentID, capacity: Self.capacity, version: version, marks: marks)
    }

    private var version: Int { state.withLock { $0.version } }
}

extension MemoryRegister.Row {
    fileprivate mutating func set(
        _ state: LicenseState, issuedAt: Instant? = nil, supersededBy: LicenseNumber? = nil
    ) {
        let old = record
        record = LicenseRecord(
            number: old.number, typeID: old.typeID, departmentID: old.departmentID, state: state, place: old.place,
            intentID: old.intentID, sealedApplication: old.sealedApplication, validFrom: old.validFrom,
            validUntil: old.validUntil, reservedAt: old.reservedAt, issuedAt: issuedAt ?? old.issuedAt,
            supersedes: old.supersedes, supersededBy: supersededBy ?? old.supersededBy)
    }
}
