import Dispatch
import GRDB
import Synchronization

/// Copies the write-ahead log back into the database from a second connection, so that no commit waits for it.
final class WALCheckpoints: Sendable {
    /// Between two copies; each group syncs once, so the copies cost little beside.
    private static let groups = 32

    private let queue: DatabaseQueue
    private let work = DispatchQueue(label: "chancery.store.wal-checkpoint", qos: .utility)
    /// The first group of a process is followed by a copy at once: many short commands beside a running service would
    /// else never make one, and the log would grow for ever.
    private let committed = Mutex(WALCheckpoints.groups - 1)

    init(queue: DatabaseQueue) {
        self.queue = queue
    }

    func committedGroup() {
        let isDue = committed.withLock { committed in
            committed += 1
            guard committed >= WALCheckpoints.groups else { return false }
            committed = 0
            return true
        }
        guard isDue else { return }
        work.async { [queue] in
            // PASSIVE waits for nobody; what it cannot copy now stays in the log for the next time.
            _ = try? queue.writeWithoutTransaction { try $0.checkpoint(.passive) }
        }
    }
}
