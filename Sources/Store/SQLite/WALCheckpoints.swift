import Dispatch
import GRDB
import Synchronization

/// Copies the write-ahead log back into the database from a second connection, so that commits seldom wait for it.
final class WALCheckpoints: Sendable {
    /// Between two copies; each group syncs once, so the copies cost little beside.
    private static let groups = 32

    private struct State {
        /// Committed since the last copy was asked for. The first group of a process is followed by a copy at once: many
        /// short commands beside a running service would else never make one, and the log would grow for ever.
        var groups = WALCheckpoints.groups - 1
        /// A copy was asked for and has not ended.
        var isCopying = false
        /// Longer than it should be. While groups follow one another, a copy beside them never reaches the end of the
        /// log, and only a log copied to its end begins anew.
        var isLong = false
    }

    private enum Turn {
        case none, beside, between
    }

    private let queue: DatabaseQueue
    /// Pages in the log from which on the writer waits for a copy.
    private let longest: Int
    private let work = DispatchQueue(label: "chancery.store.wal-checkpoint", qos: .utility)
    private let state = Mutex(State())

    init(queue: DatabaseQueue, longest: Int) {
        (self.queue, self.longest) = (queue, longest)
    }

    /// Called by the writer's thread between two groups.
    func committedGroup() {
        switch nextTurn() {
        case .none: break
        case .beside: work.async { self.copy(.beside) }
        // Most was copied before, beside the groups; this is the rest, and nothing is written meanwhile.
        case .between: work.sync { self.copy(.between) }
        }
    }

    /// Waits for a copy under way and closes the connection; nothing may be committed any more.
    func close() {
        work.sync {}
        try? queue.close()
    }

    private func nextTurn() -> Turn {
        state.withLock { state in
            state.groups += 1
            guard state.groups >= WALCheckpoints.groups else { return .none }
            state.groups = 0
            let turn: Turn = state.isLong || state.isCopying ? .between : .beside
            state.isCopying = true
            return turn
        }
    }

    private func copy(_ turn: Turn) {
        // PASSIVE waits for nobody; what it cannot copy now stays in the log for the next time.
        let result = try? queue.writeWithoutTransaction { try $0.checkpoint(.passive) }
        state.withLock { state in
            state.isCopying = false
            guard let result else { return }
            let isWhole = result.checkpointedFrameCount == result.walFrameCount
            state.isLong = result.walFrameCount > longest && !(isWhole && turn == .between)
        }
    }
}
