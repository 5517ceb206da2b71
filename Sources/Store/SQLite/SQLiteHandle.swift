import GRDB

/// An open connection with its prepared statements, on a queue of its own.
final class SQLiteHandle: Sendable {
    private let queue: DatabaseQueue
    private let statements = SQLiteStatements()

    init(_ queue: DatabaseQueue) {
        self.queue = queue
    }

    deinit {
        // Before GRDB closes the connection. Whoever waits for a turn holds this handle, so nobody has one now; asking
        // for a turn would trap where the last one lets the handle go.
        statements.removeAll()
    }

    /// Runs `body` in its turn, outside any transaction, and blocks the calling thread meanwhile.
    func use<T>(_ body: (SQLiteConnection) throws -> T) throws -> T {
        try queue.writeWithoutTransaction { try body(SQLiteConnection($0, statements)) }
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
