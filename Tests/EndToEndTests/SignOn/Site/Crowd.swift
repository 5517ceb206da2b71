import Foundation

/// Many at once, each on a thread of its own, let go at the same moment.
enum Crowd {
    /// What each of them got, in no order.
    static func run<Value: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (Int) throws -> Value
    ) async throws -> [Value] {
        let gate = Gate(count)
        return try await withThrowingTaskGroup(of: Value.self) { group in
            for index in 0..<count {
                group.addTask {
                    try await aside {
                        gate.wait()
                        return try body(index)
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// Runs something that blocks off the few threads that tests share.
    static func aside<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let thread = Thread { continuation.resume(with: Result { try body() }) }
            thread.stackSize = 1 << 20
            thread.start()
        }
    }

    /// Opens when all have come.
    private final class Gate: @unchecked Sendable {
        private let condition = NSCondition()
        private var missing: Int

        init(_ count: Int) { missing = count }

        func wait() {
            condition.lock()
            defer { condition.unlock() }
            missing -= 1
            if missing <= 0 { condition.broadcast() }
            while missing > 0 { condition.wait() }
        }
    }
}
