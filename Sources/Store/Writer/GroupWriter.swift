import Audit
import Dispatch
import Glibc
import Licensing
import Synchronization

/// The one writer of a process. A group is what arrived while the last one was synced: no timer, no waiting for more.
final class GroupWriter: Sendable {
    private struct Waiting {
        var units: [WriteUnit] = []
        var isDraining = false
        /// Set for ever by a failed COMMIT, and when the store is closed: what later callers are told.
        var stopped: StoreFault?
    }

    /// Changes in a group from which on more are expected soon.
    private static let crowd = 3
    /// Microseconds.
    private static let pause: UInt32 = 500
    private static let pauses = 24
    /// Pauses in which nobody comes: from then on nobody is waited for.
    private static let patience = 4

    private let database: SQLiteDatabase
    private let appender: AuditAppender
    private let limits: StoreLimits
    private let liveness: LivenessCache
    private let onFatal: @Sendable (StoreFault) -> Void
    private let queue = DispatchQueue(label: "chancery.store.writer", qos: .userInitiated)
    private let waiting = Mutex(Waiting())

    init(
        database: SQLiteDatabase, appender: AuditAppender, limits: StoreLimits, liveness: LivenessCache,
        onFatal: @escaping @Sendable (StoreFault) -> Void
    ) {
        (self.database, self.appender, self.limits) = (database, appender, limits)
        (self.liveness, self.onFatal) = (liveness, onFatal)
    }

    /// Runs a change and returns once it is durable.
    ///
    /// - Parameter body: may be run more than once, what it changed before having been rolled back.
    /// - Throws: what `body` throws, nothing having changed; `RegisterRefusal.busy` when too many wait or another
    ///   process writes; `StoreFault`.
    func submit<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Change<Value>
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let unit = WriteUnit(
                run: { connection, position in
                    let change = try body(connection)
                    try position.append(change.entries, states: change.states, connection)
                    return {
                        change.afterCommit?()
                        continuation.resume(returning: change.value)
                    }
                },
                refuse: { continuation.resume(throwing: $0) })
            if let refusal = enqueue(unit) { unit.refuse(refusal) }
        }
    }

    private func enqueue(_ unit: WriteUnit) -> (any Error)? {
        let (refusal, starts): ((any Error)?, Bool) = waiting.withLock { waiting in
            if let fault = waiting.stopped { return (fault, false) }
            guard waiting.units.count < limits.waitingChanges else { return (RegisterRefusal.busy, false) }
            waiting.units.append(unit)
            defer { waiting.isDraining = true }
            return (nil, !waiting.isDraining)
        }
        if starts { queue.async { self.drain() } }
        return refusal
    }

    /// Refuses what comes from now on, and returns when what came before is done. Not to be called on the writer's thread.
    func close() {
        waiting.withLock { $0.stopped = $0.stopped ?? .closed }
        queue.sync {}
    }

    /// Looks soon whether another process changed the database; every group does so as well.
    func checkVersion() {
        queue.async { [database, liveness] in
            do {
                try database.write { try GroupWriter.noteVersion($0, liveness) }
            } catch {
                liveness.missedVersion()
            }
        }
    }

    private static func noteVersion(_ connection: any SQLConnection, _ liveness: LivenessCache) throws {
        let instant = ContinuousClock.now
        liveness.noteVersion(try SQLiteCatalog.dataVersion(connection), at: instant)
    }

    private func drain() {
        // As many as came lately: what falls short of it once is not taken for the end of the crowd.
        var crowd = 0
        while let units = nextGroup() {
            commit(units)
            crowd = max(units.count, crowd * 15 / 16)
            if units.count >= GroupWriter.crowd { gather(crowd) }
        }
    }

    /// Under load a group costs more than what is in it: after a crowd it waits for the next one as long as others come, twelve
    /// milliseconds at most, so that fewer and larger groups are synced. Who comes alone never waits.
    ///
    /// - Parameter crowd: how many may all be back soon; nobody else is expected.
    private func gather(_ crowd: Int) {
        var (before, still) = (0, 0)
        for _ in 0..<GroupWriter.pauses {
            usleep(GroupWriter.pause)
            let now = waiting.withLock { $0.units.count }
            // Who was answered first may take a while to come back; without this the first one would be a group alone.
            if now == 0 { continue }
            still = now > before ? 0 : still + 1
            guard now < min(crowd, limits.groupSize), still < GroupWriter.patience else { return }
            before = now
        }
    }

    private func nextGroup() -> [WriteUnit]? {
        waiting.withLock { waiting in
            guard !waiting.units.isEmpty else {
                waiting.isDraining = false
                return nil
            }
            let group = Array(waiting.units.prefix(limits.groupSize))
            waiting.units.removeFirst(group.count)
            return group
        }
    }

    private func commit(_ units: [WriteUnit]) {
        do {
            let (answers, pseudonyms) = try database.write { try write(units, $0) }
            appender.pseudonyms.keep(pseudonyms)
            for answer in answers { answer() }
            database.committedGroup()
        } catch {
            let fault = StoreFault(sqlite: error)
            let refusal: any Error = fault == .locked ? RegisterRefusal.busy : fault
            let never = fault == .commitFailed ? stop() : []
            for unit in units { unit.refuse(refusal) }
            for unit in never { unit.refuse(StoreFault.inputOutput) }
            if fault == .commitFailed { onFatal(fault) }
        }
    }

    /// Takes no more changes; returns those that were never begun.
    private func stop() -> [WriteUnit] {
        waiting.withLock { waiting in
            defer { waiting.units = [] }
            waiting.stopped = .inputOutput
            return waiting.units
        }
    }

    /// What a group leaves: the answers are to be given after the COMMIT.
    private typealias Written = (answers: [@Sendable () -> Void], pseudonyms: [PseudonymKey: AuditPseudonym])

    /// A unit failed after it had changed something, with no savepoint to go back to.
    private struct HalfDone: Error {}

    /// Savepoints cost a third of what SQLite does for a token, and units hardly ever fail half-way: so a group is run
    /// without them, and once more with them if one did.
    private func write(_ units: [WriteUnit], _ connection: any SQLConnection) throws -> Written {
        do {
            return try connection.transaction { try run(units, hasSavepoints: false, connection) }
        } catch is HalfDone {
            return try connection.transaction { try run(units, hasSavepoints: true, connection) }
        }
    }

    private func run(
        _ units: [WriteUnit], hasSavepoints: Bool, _ connection: any SQLConnection
    ) throws -> Written {
        try GroupWriter.noteVersion(connection, liveness)
        var position = try LogPosition(appender, connection)
        var answers: [@Sendable () -> Void] = []
        for unit in units {
            let (before, changes) = (hasSavepoints ? position : nil, connection.totalChanges)
            let size = position.frontier.size
            if hasSavepoints { try connection.execute("SAVEPOINT unit") }
            do {
                answers.append(try unit.run(connection, &position))
            } catch {
                if let fault = error as? StoreFault, fault.isOfConnection { throw fault }
                guard connection.isInTransaction else { throw StoreFault.inputOutput }
                if let before {
                    try connection.execute("ROLLBACK TO SAVEPOINT unit")
                    position = before
                } else if connection.totalChanges != changes || position.frontier.size != size {
                    throw HalfDone()
                }
                answers.append { unit.refuse(error) }
            }
            if hasSavepoints { try connection.execute("RELEASE SAVEPOINT unit") }
        }
        try position.close(connection)
        return (answers, position.pseudonyms)
    }
}
