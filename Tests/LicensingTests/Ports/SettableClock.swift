import Primitives
import Synchronization

/// A clock that stands still until it is set.
final class SettableClock: Clock {
    private let instant: Mutex<Instant>

    init(_ text: String) {
        instant = Mutex(Instant(text) ?? Instant(millisecondsSinceEpoch: 0))
    }

    func now() -> Instant { instant.withLock { $0 } }
    func advance(seconds: Int64) { instant.withLock { $0 = $0.adding(seconds: seconds) } }
}
