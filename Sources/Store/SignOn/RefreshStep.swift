import Identity
import Primitives

/// One use of a refresh token inside a transaction.
struct RefreshStep {
    let use: RefreshUse
    let seals: PersonalSeals
    let liveness: LivenessCache
    let touches: RecentTouches
    let connection: any SQLConnection

    struct Result {
        let outcome: RefreshOutcome
        /// The grants that ended by it.
        var ended: [Identifier<Grant>] = []
        /// The grant that was found live, where that was not known.
        var found: LivenessCache.Kept?
        /// The session that was written down as seen.
        var touched: Identifier<Session>?
    }

    func run() throws -> Result {
        // Looked at first, so that nothing has to be taken back.
        let isProofSpent = try use.proof.map { try SpentValueTable.contains($0, connection) } ?? false
        if !isProofSpent, let grant = try use.rotates ? rotated() : kept() {
            try spendProof()
            return try used(grant)
        }
        guard let family = try RefreshFamilyTable.find(use.family, connection)?.family, isUsable(family),
            use.generation < family.generation || isProofSpent && use.generation == family.generation,
            let kept = try seals.kept(family.grantID, at: use.at, connection)
        else { return Result(outcome: .dead) }
        if use.generation == family.generation || isWithinGrace(family) {
            if isProofSpent { throw AlreadySpent() }
            try spendProof()
            return refreshed(kept, generation: family.generation)
        }
        try RefreshFamilyTable.end(family.id, at: use.at, connection)
        _ = try GrantTable.end(family.grantID, at: use.at, connection)
        return Result(outcome: .replayed, ended: [family.grantID])
    }

    /// - Returns: the grant; `nil`, nothing having changed, where the token is not good.
    private func rotated() throws -> Identifier<Grant>? {
        guard try RefreshFamilyTable.rotate(use, connection) else { return nil }
        return try RefreshFamilyTable.grant(of: use.family, connection)
    }

    /// - Returns: the grant; `nil` where the token is not good.
    private func kept() throws -> Identifier<Grant>? {
        guard let good = try RefreshFamilyTable.good(use, connection) else { return nil }
        let limit = min(use.idleUntil, good.expiresAt)
        if limit.millisecondsSinceEpoch - good.idleUntil.millisecondsSinceEpoch > use.idleTolerance {
            try RefreshFamilyTable.keep(use.family, idleUntil: limit, connection)
        }
        return good.grant
    }

    /// After family and grant were found good and used.
    private func used(_ grant: Identifier<Grant>) throws -> Result {
        let known = liveness.kept(grant)
        let kept = try known ?? seals.surelyKept(grant, at: use.at, connection)
        var result = refreshed(kept, generation: use.rotates ? use.generation + 1 : use.generation)
        result.found = known == nil ? kept : nil
        result.touched = try touchSession(of: kept.live.grant)
        return result
    }

    /// - Returns: the session, where there was something to write.
    private func touchSession(of grant: Grant) throws(StoreFault) -> Identifier<Session>? {
        guard !grant.isOffline, let session = grant.sessionID, !touches.contains(session, at: use.at),
            try SessionTable.touch(session, idleUntil: use.sessionIdleUntil, at: use.at, connection)
        else { return nil }
        return session
    }

    private func spendProof() throws(StoreFault) {
        if let proof = use.proof { _ = try SpentValueTable.insert(proof, connection) }
    }

    private func refreshed(_ kept: LivenessCache.Kept, generation: Int) -> Result {
        Result(outcome: .refreshed(kept.live, generation: generation), found: kept)
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
