import Synchronization

/// A value that several tasks of a test change.
final class Shared<Value: Sendable>: Sendable {
    private let guarded: Mutex<Value>

    init(_ value: Value) {
        guarded = Mutex(value)
    }

    var value: Value { guarded.withLock { $0 } }

    func change(_ body: @Sendable (inout Value) -> Void) {
        guarded.withLock { body(&$0) }
    }
}
