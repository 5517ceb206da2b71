package import Audit
import Primitives
import Synchronization

/// The register, the books of sign-on and the audit log in one SQLite file, shared by any number of processes.
package final class SQLiteStore: Sendable {
    let path: String
    let database: SQLiteDatabase
    let ports: StorePorts
    let seals: PersonalSeals
    let liveness = LivenessCache()
    let codes = RecentCodes()
    let touches = RecentTouches()
    /// Our key under the name that the log began with, wherever the service moved since.
    package let log: AuditLogIdentity
    /// Whether the log's last checkpoint is by another key than ours.
    private let isForeign: Bool
    /// `nil` in a store opened read-only.
    let writing: Writing?
    private let serviceLock = Mutex<FileLock?>(nil)

    /// What only a store that may change its database has.
    struct Writing: Sendable {
        let writer: GroupWriter
        let changes: RegisterChanges
        let instances: InstanceRegistry
    }

    /// Opens the database and brings its schema to this program's version.
    ///
    /// - Parameters:
    ///   - path: of the database file; `.readWrite` makes the file, never its folder.
    ///   - onFatal: called once, on the writer's thread, when the outcome of a COMMIT is unknown: the process must
    ///     stop. Callers waiting for that group were told before.
    package init(
        path: String, mode: StoreMode, ports: StorePorts, logKey: AuditLogKey, limits: StoreLimits = StoreLimits(),
        onFatal: @escaping @Sendable (StoreFault) -> Void
    ) throws(StoreFault) {
        (self.path, self.ports) = (path, ports)
        seals = PersonalSeals(sealing: ports.sealing)
        var latest: StoredCheckpoint?
        database = try SQLiteDatabase(path: path, mode: mode, limits: limits) { connection throws(StoreFault) in
            try Migration.accept(connection, mode: mode)
            guard try SQLiteCatalog.hasTable("audit_checkpoint", connection) else { return }
            // A damaged one is a finding of the log check, or of the first write.
            latest = try? AuditCheckpointTable.latest(connection)
        }
        (log, isForeign) = SQLiteStore.identity(logKey.identity, latest?.note, ports.hashing)
        guard mode == .readWrite else {
            writing = nil
            return
        }
        do {
            if isForeign { throw StoreFault.otherKeys }
            try database.write { try Migration.run(on: $0, at: ports.clock.now()) }
        } catch {
            throw StoreFault(sqlite: error)
        }
        let instances = try InstanceRegistry(database: path, randomness: ports.randomness)
        writing = Writing(
            writer: GroupWriter(
                database: database,
                appender: AuditAppender(
                    ports: ports, key: AuditLogKey(identity: log, signer: logKey.signer)), limits: limits,
                liveness: liveness, onFatal: onFatal),
            changes: RegisterChanges(
                randomness: ports.randomness, sealing: ports.sealing,
                statusListCapacity: limits.statusListCapacity, owner: instances.own),
            instances: instances)
    }

    /// Refuses a database that was made with other keys: what they sealed could not be opened, and a log signed by two
    /// keys would be sound for neither.
    package func checkKeys() throws(StoreFault) {
        if isForeign { throw .otherKeys }
    }

    private static func identity(
        _ own: AuditLogIdentity, _ latest: [UInt8]?, _ hashing: any Hashing
    ) -> (log: AuditLogIdentity, isForeign: Bool) {
        guard let latest, let origin = AuditCheckpoint.origin(of: latest),
            let named = AuditLogIdentity(origin: origin, publicKey: own.publicKey)
        else { return (own, false) }
        return AuditCheckpoint.isNote(latest, by: named, hashing: hashing) ? (named, false) : (own, true)
    }

    /// Takes the one place for a service on this database, until the process ends.
    ///
    /// - Throws: `StoreFault.locked` when another service has it.
    package func acquireServiceLock() throws(StoreFault) {
        guard serviceLock.withLock({ $0 == nil }) else { return }
        guard case .taken(let lock) = try FileLock.attempt(path + ".service.lock", creating: true) else {
            throw .locked
        }
        serviceLock.withLock { $0 = lock }
    }

    /// Ends all use of the database: what was begun is finished, what comes later is refused, the write-ahead log is
    /// copied back, and the files that show this process are gone when it returns. A second call does nothing.
    ///
    /// For commands, whose process may end before the last reference to the store is let go. Blocks for the rest of a
    /// group; never to be called from `onFatal`.
    package func close() {
        writing?.writer.close()
        database.close()
        writing?.instances.leave()
        serviceLock.withLock { $0 = nil }
    }

    /// Runs a change through the one writer; returns once it is durable.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Writing, any SQLConnection) throws -> Change<Value>
    ) async throws -> Value {
        guard let writing else { throw StoreFault.readOnly }
        return try await writing.writer.submit { try body(writing, $0) }
    }
}
