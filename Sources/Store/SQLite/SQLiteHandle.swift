import GRDB
import Synchronization

/// An open connection with its prepared statements, on a queue of its own.
final class SQLiteHandle: Sendable {
    private let queue: DatabaseQueue
    private let statements = SQLiteStatements()
    /// By a read on a caller's own thread.
    private let isTaken = Atomic(false)

    init(_ queue: DatabaseQueue) {
        self.queue = queue
    }

    deinit {
        // Before GRDB closes the connection. Whoever waits for a turn holds this handle, so nobody has one now; asking
        // for a turn would trap where the last one lets the handle go.
        statements.removeAll()
    }

    /// Closes the connection after all who wait for a turn; who comes later is told so.
    func close() {
        queue.writeWithoutTransaction { _ in statements.removeAll() }
        try? queue.close()
    }

    /// Runs `body` in its turn, outside any transaction, and blocks the calling thread meanwhile.
    func use<T>(_ body: (SQLiteConnection) throws -> T) throws -> T {
        try queue.writeWithoutTransaction { try body(SQLiteConnection($0, statements)) }
    }

    /// Runs `body` on the calling thread, each statement on a view of its own; `nil` when somebody else has the turn.
    func readIfFree<T>(_ body: (any SQLConnection) throws -> T) throws -> T? {
        guard isTaken.compareExchange(expected: false, desired: true, ordering: .acquiring).exchanged else {
            return nil
        }
        defer { isTaken.store(false, ordering: .releasing) }
        do {
            return try use { try body($0) }
        } catch {
            throw SQLiteHandle.fault(error)
        }
    }

    /// Runs `body` in its turn on one unchanging view, without blocking.
    func read<T: Sendable>(_ body: @escaping @Sendable (any SQLConnection) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            queue.asyncUnsafeRead { database in
                continuation.resume(
                    with: database.flatMap { database in
                        Result { try SQLiteConnection(database, self.statements).view(body) }
                    }.mapError(SQLiteHandle.fault))
            }
        }
    }

    private static func fault(_ error: any Error) -> any Error {
        error is DatabaseError ? StoreFault(sqlite: error) : error
    }
}
