import Identity
import Primitives
import Synchronization

/// Sessions that this process wrote down as seen within the second: another touch would write nothing.
final class RecentTouches: Sendable {
    /// At 40 bytes each.
    private static let capacity = 3 << 12

    private let touched = Mutex<[Identifier<Session>: Instant]>([:])

    func contains(_ session: Identifier<Session>, at instant: Instant) -> Bool {
        let last = touched.withLock { $0[session]?.millisecondsSinceEpoch }
        return last.map { instant.millisecondsSinceEpoch < $0 + SessionTable.lastSeenPrecision } ?? false
    }

    /// Called after the commit that touched it.
    func keep(_ session: Identifier<Session>, at instant: Instant) {
        touched.withLock { touched in
            if touched.count >= RecentTouches.capacity { touched.removeAll(keepingCapacity: true) }
            touched[session] = instant
        }
    }
}
