import Identity
import Primitives
import Synchronization

/// Codes given out a moment ago and not redeemed yet, so that the checks before redeeming ask the database of few. Whether a
/// code is good is decided by the statement that spends it, never here.
final class RecentCodes: Sendable {
    /// Some hundred bytes each.
    private static let capacity = 1_024

    private let records = Mutex<[Digest: CodeRecord]>([:])

    /// Called after the commit that stored it.
    func keep(_ new: NewGrant) {
        let record = CodeRecord(code: new.code, grant: new.grant, isSpent: false)
        records.withLock { records in
            if records.count >= RecentCodes.capacity { records.removeAll(keepingCapacity: true) }
            records[record.code.hash] = record
        }
    }

    func find(_ hash: Digest) -> CodeRecord? {
        records.withLock { $0[hash] }
    }

    /// Called before it may be spent: from then on the database is asked.
    func forget(_ hash: Digest) {
        records.withLock { $0[hash] = nil }
    }
}
