import Identity
import Primitives

/// One use of a refresh token inside a transaction.
struct RefreshStep {
    let use: RefreshUse
    let seals: PersonalSeals
    let connection: any SQLConnection

    /// - Returns: the outcome, and the grants that ended by it.
    func run() throws -> (RefreshOutcome, ended: [Identifier<Grant>]) {
        if let grant = try RefreshFamilyTable.use(use, connection) {
            let live = try seals.liveGrant(grant, at: use.at, connection)
            if !live.grant.isOffline, let session = live.grant.sessionID {
                try SessionTable.touch(session, idleUntil: use.sessionIdleUntil, at: use.at, connection)
            }
            return (.refreshed(live, generation: use.rotates ? use.generation + 1 : use.generation), [])
        }
        guard let family = try RefreshFamilyTable.find(use.family, connection)?.family, isUsable(family),
            use.generation < family.generation,
            let live = try seals.kept(family.grantID, at: use.at, connection)?.live
        else { return (.dead, []) }
        if isWithinGrace(family) { return (.refreshed(live, generation: family.generation), []) }
        try RefreshFamilyTable.end(family.id, at: use.at, connection)
        _ = try GrantTable.end(family.grantID, at: use.at, connection)
        return (.replayed, [family.grantID])
    }

    private func isUsable(_ family: RefreshFamily) -> Bool {
        family.endedAt == nil && use.at < family.idleUntil && use.at < family.expiresAt
    }

    /// The predecessor, soon after: the answer may not have arrived.
    private func isWithinGrace(_ family: RefreshFamily) -> Bool {
        use.rotates && use.generation == family.generation - 1
            && use.at <= family.rotatedAt.adding(seconds: use.grace)
    }
}
