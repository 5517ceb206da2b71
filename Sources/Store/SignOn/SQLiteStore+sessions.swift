package import Audit
package import Identity
package import Primitives

extension SQLiteStore: SessionBook {
    package func open(_ session: Session, history: HistoryEntry, entries: [AuditEntry]) async throws -> Bool {
        let (device, line) = (try seals.sealDevice(of: session), try seals.seal(history))
        return try await write { _, connection in
            guard try SessionTable.insert(session, sealedDevice: device, connection) else {
                return Change(false, entries: [])
            }
            try AccountHistoryTable.append(line, to: history.accountID, at: history.at, connection)
            return Change(true, entries: entries)
        }
    }

    package func session(secretHash: Digest, at instant: Instant) async throws -> LiveSession? {
        let found = try await database.read { try SessionTable.find(secretHash: secretHash, at: instant, $0) }
        return try found.map { session, account in
            LiveSession(session: try seals.session(session), account: try seals.account(account))
        }
    }

    package func rotate(
        _ id: Identifier<Session>, from oldHash: Digest, to newHash: Digest, level: AuthenticationLevel,
        idleUntil: Instant, at instant: Instant, history: HistoryEntry?, entries: [AuditEntry]
    ) async throws -> Bool {
        let line = try history.map(seals.seal)
        return try await write { _, connection in
            let isRotated = try SessionTable.rotate(
                id, from: oldHash, to: newHash, level: level, idleUntil: idleUntil, at: instant, connection)
            guard isRotated else { return Change(false, entries: []) }
            if let history, let line {
                try AccountHistoryTable.append(line, to: history.accountID, at: history.at, connection)
            }
            return Change(true, entries: entries)
        }
    }

    package func touch(_ id: Identifier<Session>, idleUntil: Instant, at instant: Instant) async throws {
        try await write { _, connection in
            try SessionTable.touch(id, idleUntil: idleUntil, at: instant, connection)
            return Change((), entries: [])
        }
    }

    package func sessions(of account: Identifier<Account>, at instant: Instant) async throws -> [EndedSession] {
        try await database.read { [seals] in
            try SessionEnding(seals: seals, at: instant, connection: $0).live(.all(of: account))
        }
    }

    package func end(
        _ sessions: SessionsToEnd, at instant: Instant,
        effects: @escaping @Sendable ([EndedSession]) -> EndingEffects
    ) async throws -> [EndedSession] {
        try await write { [seals, liveness] _, connection in
            let ending = SessionEnding(seals: seals, at: instant, connection: connection)
            let ended = try ending.live(sessions)
            let grants = try ending.end(sessions, ended)
            let effects = effects(ended)
            try ending.store(effects.notices)
            return Change(ended, entries: effects.entries) { liveness.forget(grants) }
        }
    }
}
