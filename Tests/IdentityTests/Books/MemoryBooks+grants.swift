import Audit
import Identity
import Primitives

extension MemoryBooks {
    func open(_ new: NewGrant, entries: [AuditEntry]) async throws -> Bool {
        step { state in
            guard state.store(new.grant, new.acknowledgement, new.history, at: new.grant.createdAt) else {
                return false
            }
            state.codes[new.code.hash] = StoredCode(code: new.code)
            if let session = new.grant.sessionID {
                state.touch(session, idleUntil: new.sessionIdleUntil, at: new.grant.createdAt)
            }
            state.entries += entries
            return true
        }
    }

    func code(_ hash: Digest) async throws -> CodeRecord? {
        step { state in
            guard let stored = state.codes[hash], let grant = state.grants[stored.code.grantID] else { return nil }
            return CodeRecord(code: stored.code, grant: grant, isSpent: stored.isSpent)
        }
    }

    func redeem(
        code hash: Digest, at: Instant, proof: OneTimeValue?, family: RefreshFamily?,
        entries: @escaping @Sendable (CodeOutcome) -> [AuditEntry]
    ) async throws -> CodeOutcome {
        try step { state in
            if state.isSpent(proof), state.codes[hash]?.isSpent == false { throw AlreadySpent() }
            let hadEnded = state.codes[hash].flatMap { state.grants[$0.code.grantID]?.endedAt } != nil
            let outcome = state.redeem(hash, at: at)
            if case .redeemed = outcome {
                state.spend(proof)
                if let family { state.families[family.id] = family }
            }
            if outcome != .replayed || !hadEnded { state.entries += entries(outcome) }
            return outcome
        }
    }

    func family(_ id: Identifier<RefreshFamily>) async throws -> FamilyRecord? {
        step { state in
            guard let family = state.families[id], let grant = state.grants[family.grantID] else { return nil }
            return FamilyRecord(family: family, grant: grant)
        }
    }

    func refresh(
        _ use: RefreshUse, entries: @escaping @Sendable (RefreshOutcome) throws -> [AuditEntry]
    ) async throws -> RefreshOutcome {
        try step { state in
            var after = state
            let outcome = try after.refresh(use)
            after.entries += try entries(outcome)
            state = after
            return outcome
        }
    }

    func end(_ grant: Identifier<Grant>, at: Instant, entries: [AuditEntry]) async throws -> Bool {
        step { state in
            guard let stored = state.grants[grant], stored.endedAt == nil else { return false }
            state.end(grant, at: at)
            state.entries += entries
            return true
        }
    }

    func revoke(token jti: String, until: Instant, entries: [AuditEntry]) async throws -> Bool {
        step { state in
            guard state.revoked[jti] == nil else { return false }
            state.revoked[jti] = until
            state.entries += entries
            return true
        }
    }

    func isRevoked(token jti: String) async throws -> Bool {
        step { $0.revoked[jti] != nil }
    }

    func live(_ grant: Identifier<Grant>, token jti: String, at: Instant) async throws -> LiveGrant? {
        step { state in state.revoked[jti] == nil ? state.live(grant, at: at) : nil }
    }
}

extension MemoryBooks.State {
    /// Stores a grant unless session or account are over.
    mutating func store(
        _ grant: Grant, _ acknowledgement: Acknowledgement?, _ line: HistoryEntry, at: Instant
    ) -> Bool {
        guard accounts[grant.accountID]?.account.isDisabled == false else { return false }
        if let session = grant.sessionID {
            guard let session = sessions[session], isLive(session, at: at) else { return false }
        }
        grants[grant.id] = grant
        if let acknowledgement { acknowledgements.append(acknowledgement) }
        history.append(line)
        return true
    }

    mutating func redeem(_ hash: Digest, at: Instant) -> CodeOutcome {
        guard let stored = codes[hash] else { return .dead }
        if stored.isSpent {
            end(stored.code.grantID, at: at)
            return .replayed
        }
        guard at < stored.code.expiresAt, let live = live(stored.code.grantID, at: at) else { return .dead }
        codes[hash]?.isSpent = true
        return .redeemed(live)
    }

    mutating func refresh(_ use: RefreshUse) throws -> RefreshOutcome {
        guard let family = families[use.family], family.endedAt == nil, use.at < family.idleUntil,
            use.at < family.expiresAt, let live = live(family.grantID, at: use.at),
            use.generation <= family.generation
        else { return .dead }
        if use.generation == family.generation {
            if isSpent(use.proof) { throw AlreadySpent() }
            spend(use.proof)
            let generation = use.rotates ? use.generation + 1 : use.generation
            families[use.family] = family.changed(
                generation: generation, rotatedAt: use.rotates ? use.at : nil,
                idleUntil: min(use.idleUntil, family.expiresAt))
            if !live.grant.isOffline, let session = live.grant.sessionID {
                touch(session, idleUntil: use.sessionIdleUntil, at: use.at)
            }
            return .refreshed(live, generation: generation)
        }
        if use.rotates, use.generation == family.generation - 1,
            use.at <= family.rotatedAt.adding(seconds: use.grace)
        {
            if isSpent(use.proof) { throw AlreadySpent() }
            spend(use.proof)
            return .refreshed(live, generation: family.generation)
        }
        families[use.family] = family.changed(endedAt: use.at)
        end(family.grantID, at: use.at)
        return .replayed
    }
}
