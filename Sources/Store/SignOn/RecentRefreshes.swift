import Identity
import Primitives
import Synchronization

/// What the writer need not ask or write again at every refresh: whose a family is, which never changes, and which sessions were
/// seen within the second. Whether a family may be used is decided by the statement that uses it, never here.
final class RecentRefreshes: Sendable {
    private struct State {
        var grants: [Identifier<RefreshFamily>: Identifier<Grant>] = [:]
        var touched: [Identifier<Session>: Instant] = [:]
    }

    /// Of each, at 40 bytes.
    private static let capacity = 3 << 12

    private let state = Mutex(State())

    func grant(of family: Identifier<RefreshFamily>) -> Identifier<Grant>? {
        state.withLock { $0.grants[family] }
    }

    /// Whether a touch at `instant` would write nothing.
    func isTouched(_ session: Identifier<Session>, at instant: Instant) -> Bool {
        let last = state.withLock { $0.touched[session]?.millisecondsSinceEpoch }
        return last.map { instant.millisecondsSinceEpoch < $0 + SessionTable.lastSeenPrecision } ?? false
    }

    /// Called after the commit.
    func keep(_ grant: Identifier<Grant>, of family: Identifier<RefreshFamily>) {
        state.withLock { RecentRefreshes.keep(grant, family, &$0.grants) }
    }

    /// Called after the commit that touched it.
    func keep(touched session: Identifier<Session>, at instant: Instant) {
        state.withLock { RecentRefreshes.keep(instant, session, &$0.touched) }
    }

    private static func keep<Key: Hashable, Value>(_ value: Value, _ key: Key, _ known: inout [Key: Value]) {
        if known.count >= capacity, known[key] == nil { known.removeAll(keepingCapacity: true) }
        known[key] = value
    }
}
