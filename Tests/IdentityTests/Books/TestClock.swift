import Primitives
import Synchronization

/// A clock that tests move.
final class TestClock: Clock {
    private let instant = Mutex(Instant(secondsSinceEpoch: 1_800_000_000))

    func now() -> Instant { instant.withLock { $0 } }

    func advance(by seconds: Int64) {
        instant.withLock { $0 = $0.adding(seconds: seconds) }
    }
}
