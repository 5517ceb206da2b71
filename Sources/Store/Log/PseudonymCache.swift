import Audit
import Synchronization

/// Whom the log speaks of, as it is asked for in every entry.
struct PseudonymKey: Hashable {
    /// `department`, `actor` or `object`.
    let role: String
    let value: String
}

/// Pseudonyms that are committed: a portal's or an account's stands in thousands of entries.
final class PseudonymCache: Sendable {
    /// Some hundred bytes each.
    private static let limit = 4_096

    private let known = Mutex<[PseudonymKey: AuditPseudonym]>([:])

    func find(_ key: PseudonymKey) -> AuditPseudonym? {
        known.withLock { $0[key] }
    }

    func keep(_ fresh: [PseudonymKey: AuditPseudonym]) {
        guard !fresh.isEmpty else { return }
        known.withLock { known in
            if known.count + fresh.count > PseudonymCache.limit { known.removeAll(keepingCapacity: true) }
            for (key, pseudonym) in fresh.prefix(PseudonymCache.limit) { known[key] = pseudonym }
        }
    }
}
