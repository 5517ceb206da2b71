import Identity
import Primitives

/// Until when grants are live unless somebody ends them, and whose they are: 24 bytes for each, so that there is room for those
/// of a million tokens, where whole grants with their accounts would fill the memory.
struct LiveGrants: Sendable {
    private struct Entry {
        /// Seconds since 1970, rounded down.
        let end: UInt32
        /// The number of its account; 0 where the account alone does not say what the grant gives.
        let account: UInt32
    }

    /// Three quarters of a power of two, at which a dictionary would grow.
    private static let capacity = 3 << 16
    /// Some hundred bytes each.
    private static let accountCapacity = 2_048

    private var entries: [Identifier<Grant>: Entry] = [:]
    private var accounts: [UInt32: Account] = [:]
    private var numbers: [Identifier<Account>: UInt32] = [:]
    /// Never given twice, so that an entry whose account was let go finds no other.
    private var lastNumber: UInt32 = 0

    /// Whether the grant is known to be live at `instant`; `false` says nothing.
    func contains(_ grant: Identifier<Grant>, at instant: Instant) -> Bool {
        entry(grant, at: instant) != nil
    }

    /// Whose the grant is, where it is known to be live at `instant` and asks for no single claims; `nil` says nothing.
    func account(of grant: Identifier<Grant>, at instant: Instant) -> Account? {
        entry(grant, at: instant).flatMap { accounts[$0.account] }
    }

    private func entry(_ grant: Identifier<Grant>, at instant: Instant) -> Entry? {
        entries[grant].flatMap { instant.secondsSinceEpoch < Int64($0.end) ? $0 : nil }
    }

    /// - Parameter limit: first moment at which its session may be over; `nil` for an offline grant.
    mutating func insert(_ live: LiveGrant, until limit: Instant?) {
        let grant = live.grant
        if entries.count >= LiveGrants.capacity, entries[grant.id] == nil { entries.removeAll(keepingCapacity: true) }
        // At once for all: to grow would take half as much again meanwhile.
        if entries.isEmpty { entries.reserveCapacity(LiveGrants.capacity) }
        let end = limit.map { UInt32(clamping: $0.secondsSinceEpoch) } ?? .max
        entries[grant.id] = Entry(end: end, account: grant.claims.isEmpty ? number(of: live.account) : 0)
    }

    private mutating func number(of account: Account) -> UInt32 {
        if let known = numbers[account.id] {
            accounts[known] = account
            return known
        }
        guard lastNumber < .max else { return 0 }
        if accounts.count >= LiveGrants.accountCapacity {
            accounts.removeAll(keepingCapacity: true)
            numbers.removeAll(keepingCapacity: true)
        }
        lastNumber += 1
        (accounts[lastNumber], numbers[account.id]) = (account, lastNumber)
        return lastNumber
    }

    mutating func remove(_ grant: Identifier<Grant>) {
        entries[grant] = nil
    }

    mutating func removeAll() {
        (entries, accounts, numbers) = ([:], [:], [:])
    }
}
