package import Audit
package import Identity
package import Primitives

extension SQLiteStore: GrantBook {
    package func open(_ new: NewGrant, entries: [AuditEntry]) async throws -> Bool {
        let stored = try StoredGrant(new.grant, new.acknowledgement, new.history, seals)
        return try await write { [codes] _, connection in
            guard try stored.insert(at: new.grant.createdAt, connection) else { return Change(false, entries: []) }
            try AuthorizationCodeTable.insert(new.code, connection)
            if let session = new.grant.sessionID {
                try SessionTable.touch(
                    session, idleUntil: new.sessionIdleUntil, at: new.grant.createdAt, connection)
            }
            return Change(true, entries: entries) { codes.keep(new) }
        }
    }

    package func code(_ hash: Digest) async throws -> CodeRecord? {
        if let recent = codes.find(hash) { return recent }
        return try await database.shortRead { try AuthorizationCodeTable.find(hash, $0) }.map { code, isSpent, grant in
            CodeRecord(code: code, grant: try seals.grant(grant), isSpent: isSpent)
        }
    }

    package func redeem(
        code hash: Digest, at instant: Instant, proof: OneTimeValue?, family: RefreshFamily?,
        entries: @escaping @Sendable (CodeOutcome) -> [AuditEntry]
    ) async throws -> CodeOutcome {
        codes.forget(hash)
        return try await write { [seals, liveness] _, connection in
            // Looked at first, so that nothing has to be taken back.
            if let proof, try SpentValueTable.contains(proof, connection),
                try AuthorizationCodeTable.standing(of: hash, connection)?.isSpent == false
            {
                throw AlreadySpent()
            }
            let isSpent = try AuthorizationCodeTable.spend(hash, at: instant, connection)
            guard let standing = try AuthorizationCodeTable.standing(of: hash, connection), standing.isSpent else {
                return Change(.dead, entries: entries(.dead))
            }
            guard isSpent else {
                let hasEnded = try GrantTable.end(standing.grant, at: instant, connection)
                return Change(.replayed, entries: hasEnded ? entries(.replayed) : []) {
                    liveness.forget([standing.grant])
                }
            }
            if let proof { _ = try SpentValueTable.insert(proof, connection) }
            if let family { try RefreshFamilyTable.insert(family, connection) }
            let kept = try seals.surelyKept(standing.grant, at: instant, connection)
            let outcome = CodeOutcome.redeemed(kept.live)
            return Change(outcome, entries: entries(outcome)) { liveness.found(kept) }
        }
    }

    package func family(_ id: Identifier<RefreshFamily>) async throws -> FamilyRecord? {
        try await database.shortRead { try RefreshFamilyTable.find(id, $0) }.map { family, grant in
            FamilyRecord(family: family, grant: try seals.grant(grant))
        }
    }

    package func refresh(
        _ use: RefreshUse, entries: @escaping @Sendable (RefreshOutcome) throws -> [AuditEntry]
    ) async throws -> RefreshOutcome {
        try await write { [seals, liveness, touches] _, connection in
            let step = RefreshStep(
                use: use, seals: seals, liveness: liveness, touches: touches, connection: connection)
            let result = try step.run()
            return Change(result.outcome, entries: try entries(result.outcome)) {
                liveness.forget(result.ended)
                if let kept = result.found { liveness.found(kept) }
                if let session = result.touched { touches.keep(session, at: use.at) }
            }
        }
    }

    package func end(_ grant: Identifier<Grant>, at instant: Instant, entries: [AuditEntry]) async throws -> Bool {
        try await write { [liveness] _, connection in
            let isEnded = try GrantTable.end(grant, at: instant, connection)
            return Change(isEnded, entries: isEnded ? entries : []) { liveness.forget([grant]) }
        }
    }

    package func revoke(token jti: String, until: Instant, entries: [AuditEntry]) async throws -> Bool {
        try await write { [liveness] _, connection in
            let isNew = try RevokedTokenTable.insert(jti, until: until, connection)
            return Change(isNew, entries: isNew ? entries : []) { liveness.revoke(jti) }
        }
    }

    package func isRevoked(token jti: String) async throws -> Bool {
        if liveness.isKnownUnrevoked(jti, check: checkVersion) { return false }
        return try await readLiveness(of: nil, token: jti, at: ports.clock.now()).isRevoked
    }

    package func live(_ grant: Identifier<Grant>, token jti: String, at instant: Instant) async throws -> LiveGrant? {
        if let known = liveness.find(grant, token: jti, at: instant, check: checkVersion) { return known }
        let found = try await readLiveness(of: grant, token: jti, at: instant)
        return found.isRevoked ? nil : found.grant?.live
    }

    package func holder(
        _ grant: Identifier<Grant>, token jti: String, at instant: Instant
    ) async throws -> GrantHolder? {
        if let known = liveness.holder(grant, token: jti, at: instant, check: checkVersion) { return known }
        return try await live(grant, token: jti, at: instant).map { GrantHolder($0) }
    }

    package func isLive(_ grant: Identifier<Grant>, token jti: String, at instant: Instant) async throws -> Bool {
        if liveness.isKnownLive(grant, token: jti, at: instant, check: checkVersion) { return true }
        return try await live(grant, token: jti, at: instant) != nil
    }

    private func readLiveness(
        of grant: Identifier<Grant>?, token jti: String, at instant: Instant
    ) async throws -> LivenessCache.Found {
        let (round, needsTokens) = (liveness.round, liveness.needsRevokedTokens)
        let isKnown = liveness.isKnownUnrevoked(jti, check: checkVersion)
        let look: @Sendable (any SQLConnection) throws -> LivenessCache.Found = { [seals] connection in
            LivenessCache.Found(
                isRevoked: try !isKnown && RevokedTokenTable.contains(jti, connection),
                revoked: needsTokens ? try LivenessCache.revokedTokens(connection) : nil,
                grant: try grant.flatMap { try seals.kept($0, at: instant, connection) })
        }
        // To read all revoked tokens is no short read.
        let found = needsTokens ? try await database.read(look) : try await database.shortRead(look)
        liveness.keep(found, round)
        return found
    }

    func checkVersion() {
        writing?.writer.checkVersion()
    }
}
