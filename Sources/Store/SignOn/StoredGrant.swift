import Identity
import Primitives

/// A grant with what is stored beside it, sealed before the writer's turn.
struct StoredGrant: Sendable {
    private let grant: Grant
    private let acknowledgement: Acknowledgement?
    private let history: HistoryEntry
    private let sealedClaims: [UInt8]?
    private let sealedLine: [UInt8]

    init(
        _ grant: Grant, _ acknowledgement: Acknowledgement?, _ history: HistoryEntry, _ seals: PersonalSeals
    ) throws {
        (self.grant, self.acknowledgement, self.history) = (grant, acknowledgement, history)
        (sealedClaims, sealedLine) = (try seals.sealClaims(of: grant), try seals.seal(history))
    }

    /// - Returns: `false`, nothing having changed, when session or account are over.
    func insert(at instant: Instant, _ connection: any SQLConnection) throws(StoreFault) -> Bool {
        guard try GrantTable.insert(grant, sealedClaims: sealedClaims, at: instant, connection) else { return false }
        if let acknowledgement { try AcknowledgedDataTable.store(acknowledgement, connection) }
        try AccountHistoryTable.append(sealedLine, to: history.accountID, at: history.at, connection)
        return true
    }
}

extension PersonalSeals {
    /// The grant when it is live, as a cache may keep it.
    func kept(
        _ id: Identifier<Grant>, at instant: Instant, _ connection: any SQLConnection
    ) throws -> LivenessCache.Kept? {
        guard let (grant, account, limit) = try GrantTable.live(id, at: instant, connection) else { return nil }
        return LivenessCache.Kept(
            live: LiveGrant(grant: try self.grant(grant), account: try self.account(account)), sessionLimit: limit)
    }

    /// A grant that a statement of the same transaction found live.
    func surelyKept(
        _ id: Identifier<Grant>, at instant: Instant, _ connection: any SQLConnection
    ) throws -> LivenessCache.Kept {
        guard let kept = try kept(id, at: instant, connection) else {
            throw StoreFault.failed("a grant was live and is not")
        }
        return kept
    }
}
