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
        /// Set for ever by a failed COMMIT.
        var isStopped = false
    }

    /// Changes in a group from which on more are expected soon.
    private static let crowd = 3
    /// Microseconds.
    private static let pause: UInt32 = 500
    private static let pauses = 6

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

    /// Runs a change in its own savepoint and returns once it is durable.
    ///
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
            if waiting.isStopped { return (StoreFault.inputOutput, false) }
            guard waiting.units.count < limits.waitingChanges else { return (RegisterRefusal.busy, false) }
            waiting.units.append(unit)
            defer { waiting.isDraining = true }
            return (nil, !waiting.isDraining)
        }
        if starts { queue.async { self.drain() } }
        return refusal
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
        while let units = nextGroup() {
            commit(units)
            if units.count >= GroupWriter.crowd { gather() }
        }
    }

    /// Under load a group costs more than what is in it: waits as long as others come, a few milliseconds at most, so that
    /// fewer and larger groups are synced. Who comes alone never waits.
    private func gather() {
        var before = 0
        for _ in 0..<GroupWriter.pauses {
            usleep(GroupWriter.pause)
            let now = waiting.withLock { $0.units.count }
            guard now > before, now < limits.groupSize else { return }
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
            let (answers, pseudonyms) = try database.write { connection in
                try connection.transaction { try run(units, connection) }
            }
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
            waiting.isStopped = true
            return waiting.units
        }
    }

    /// Runs a group; the answers are to be given after the COMMIT.
    private func run(
        _ units: [WriteUnit], _ connection: any SQLConnection
    ) throws -> (answers: [@Sendable () -> Void], pseudonyms: [PseudonymKey: AuditPseudonym]) {
        try GroupWriter.noteVersion(connection, liveness)
        var position = try LogPosition(appender, connection)
        let size = position.frontier.size
        var answers: [@Sendable () -> Void] = []
        for unit in units {
            let before = position
            try connection.execute("SAVEPOINT unit")
            do {
                answers.append(try unit.run(connection, &position))
            } catch {
                if let fault = error as? StoreFault, fault.isOfConnection { throw fault }
                guard connection.isInTransaction else { throw StoreFault.inputOutput }
                try connection.execute("ROLLBACK TO SAVEPOINT unit")
                position = before
                answers.append { unit.refuse(error) }
            }
            try connection.execute("RELEASE SAVEPOINT unit")
        }
        if position.frontier.size > size { try appender.close(position.frontier, connection) }
        return (answers, position.pseudonyms)
    }
}
