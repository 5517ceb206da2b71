import Synchronization

/// How much heavy work is under way at once; beyond it callers are sent away instead of queued without end.
final class WorkBudget: Sendable {
    private let limit: Int
    private let running = Mutex(0)

    init(limit: Int) {
        self.limit = limit
    }

    /// Runs `work`, or throws a busy problem.
    func run<Value>(_ work: () async throws -> Value) async throws -> Value {
        let admitted = running.withLock { running in
            guard running < limit else { return false }
            running += 1
            return true
        }
        guard admitted else { throw Problem.busy(retryAfter: 1) }
        defer { running.withLock { $0 -= 1 } }
        return try await work()
    }
}
