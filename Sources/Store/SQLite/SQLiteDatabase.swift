import Dispatch
import GRDB
import Synchronization

/// One SQLite file: a connection that writes and a few that read, each on a queue of its own, so that no cooperative
/// thread ever waits for the disk.
///
/// Plain `DatabaseQueue`s, not GRDB's pool: the pool sets `synchronous = NORMAL` on its writer after every other
/// setting, and writes to the file before its version could be looked at.
final class SQLiteDatabase: Sendable {
    private static let readerCount = 2

    private let path: String
    private let busyTimeout: Double
    private let writer: SQLiteHandle?
    private let readers: [SQLiteHandle]
    /// For short reads, made by the calling thread.
    private let ready: SQLiteHandle
    /// Reads under way on each reader.
    private let load: Mutex<[Int]>
    private let checkpoints: WALCheckpoints?

    /// Opens a file that is there, and creates it where `mode` is `.readWrite`.
    ///
    /// - Parameter accept: looks at the file before anything may be written to it; what it throws keeps it untouched.
    init(
        path: String, mode: StoreMode, limits: StoreLimits, accept: (any SQLConnection) throws(StoreFault) -> Void
    ) throws(StoreFault) {
        try SQLiteDatabase.checkAccess(to: path, mode: mode)
        self.path = path
        busyTimeout = Double(limits.busyTimeoutMilliseconds) / 1000
        // By a connection that cannot write: closing one that can copies a write-ahead log back, which would touch a
        // database that is not ours to touch.
        try SQLiteDatabase.use(SQLiteHandle(try SQLiteDatabase.open(path, readonly: true, busyTimeout)), accept)
        if mode == .readWrite {
            let writer = SQLiteHandle(try SQLiteDatabase.open(path, readonly: false, busyTimeout))
            try SQLiteDatabase.use(writer) { connection throws(StoreFault) in
                try SQLiteDatabase.prepareWriter(connection, maximumPages: limits.maximumPages)
            }
            self.writer = writer
            checkpoints = WALCheckpoints(
                queue: try SQLiteDatabase.open(path, readonly: false, 0), longest: limits.logPages)
        } else {
            (writer, checkpoints) = (nil, nil)
        }
        var readers: [SQLiteHandle] = []
        for _ in 0..<SQLiteDatabase.readerCount {
            readers.append(SQLiteHandle(try SQLiteDatabase.open(path, readonly: true, busyTimeout)))
        }
        self.readers = readers
        ready = SQLiteHandle(try SQLiteDatabase.open(path, readonly: true, 0))
        load = Mutex(readers.map { _ in 0 })
    }

    /// Runs `body` on the writing connection, outside any transaction, and blocks the calling thread meanwhile.
    func write<T>(_ body: (any SQLConnection) throws -> T) throws -> T {
        guard let writer else { throw StoreFault.readOnly }
        return try writer.use(body)
    }

    /// Runs `body` on one unchanging view of the database that has every change committed before.
    func read<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        let choice = load.withLock { load in
            let choice = load.indices.min { load[$0] < load[$1] } ?? 0
            load[choice] += 1
            return choice
        }
        defer { load.withLock { $0[choice] -= 1 } }
        return try await readers[choice].read(body)
    }

    /// As `read`, for a few rows by their keys, and not on one view when `body` has several statements: on the calling
    /// thread where its connection is free. Going to a reader's queue and back costs more than such a read, whose pages
    /// are nearly always in memory.
    func shortRead<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        do {
            if let result = try ready.readIfFree(body) { return result }
        } catch StoreFault.locked {
            // It does not wait; a reader does.
        }
        return try await read(body)
    }

    /// As `read`, on a connection of its own, so that long work stands in nobody's way.
    func longRead<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        try await SQLiteHandle(try SQLiteDatabase.open(path, readonly: true, busyTimeout)).read(body)
    }

    /// Tells that a group was committed; now and then the write-ahead log is copied back, on another thread.
    func committedGroup() {
        checkpoints?.committedGroup()
    }

    /// Closes all connections; the one that writes is the last, and clears the write-ahead log away unless another
    /// process has the database.
    func close() {
        for reader in [ready] + readers { reader.close() }
        checkpoints?.close()
        writer?.close()
    }

    private static func use(
        _ handle: SQLiteHandle, _ body: (any SQLConnection) throws(StoreFault) -> Void
    ) throws(StoreFault) {
        do {
            try handle.use { try body($0) }
        } catch {
            throw StoreFault(sqlite: error)
        }
    }

    private static func open(_ path: String, readonly: Bool, _ busyTimeout: Double) throws(StoreFault) -> DatabaseQueue
    {
        var configuration = Configuration()
        configuration.readonly = readonly
        configuration.busyMode = busyTimeout > 0 ? .timeout(busyTimeout) : .immediateError
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;
                    PRAGMA cell_size_check = ON; PRAGMA wal_autocheckpoint = 0;
                    """)
        }
        do {
            return try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            let fault = StoreFault(sqlite: error)
            throw fault == .inputOutput ? .cannotOpen(path: path, reason: unreadableReason(path)) : fault
        }
    }

    private static func prepareWriter(
        _ connection: any SQLConnection, maximumPages: Int?
    ) throws(StoreFault) {
        guard try connection.row("PRAGMA journal_mode = WAL")?.text(0) == "wal" else {
            throw .failed("the file system does not allow a write-ahead log")
        }
        if let maximumPages { _ = try connection.rows("PRAGMA max_page_count = \(maximumPages)") }
    }
}
