import Audit
import Primitives
import Synchronization

/// How many refusals are written to the log, so that nobody may fill the disk with them: those of authenticated portals are
/// counted for each, all others together, or the time of the answer would tell which portals there are.
package final class RefusalBudget: Sendable {
    /// Entries of one window; more are counted and told in the next entry.
    private static let limit = 60
    /// Seconds.
    private static let window: Int64 = 60

    private struct Count {
        var began: Instant
        var written = 0
        var skipped = 0
    }

    /// By id of a portal that exists, so it stays as small as the directory; `nil`: nobody was authenticated.
    private let counts = Mutex<[String?: Count]>([:])

    package init() {}

    /// - Returns: `nil` when the refusal is not to be written; else how many were not before it.
    func take(portalID: String?, at instant: Instant) -> Int? {
        counts.withLock { counts in
            var count = counts[portalID] ?? Count(began: instant)
            defer { counts[portalID] = count }
            if instant >= count.began.adding(seconds: RefusalBudget.window) {
                count = Count(began: instant, skipped: count.skipped)
            }
            guard count.written < RefusalBudget.limit else {
                count.skipped += 1
                return nil
            }
            count.written += 1
            defer { count.skipped = 0 }
            return count.skipped
        }
    }
}

extension SignOn {
    /// Writes that an attempt was refused for being one too many, within a budget: anyone may go on with that for ever.
    func append(throttled entry: AuditEntry) async throws {
        guard let skipped = throttled.take(portalID: nil, at: entry.at) else { return }
        var details = entry.details
        if skipped > 0 { details["skipped"] = .integer(skipped) }
        try await books.append(
            AuditEntry(
                entry.event, outcome: entry.outcome, at: entry.at, department: entry.department, actor: entry.actor,
                object: entry.object, details: details))
    }
}
