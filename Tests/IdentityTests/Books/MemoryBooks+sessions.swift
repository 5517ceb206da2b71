import Audit
import Identity
import Primitives

extension MemoryBooks {
    func open(_ session: Session, history: HistoryEntry, entries: [AuditEntry]) async throws -> Bool {
        step { state in
            guard state.accounts[session.accountID]?.account.isDisabled == false else { return false }
            state.sessions[session.id] = session
            state.history.append(history)
            state.entries += entries
            return true
        }
    }

    func session(secretHash: Digest, at: Instant) async throws -> LiveSession? {
        step { state in
            guard let session = state.sessions.values.first(where: { $0.secretHash == secretHash }),
                state.isLive(session, at: at), let account = state.accounts[session.accountID]?.account
            else { return nil }
            return LiveSession(session: session, account: account)
        }
    }

    func rotate(
        _ id: Identifier<Session>, from oldHash: Digest, to newHash: Digest, level: AuthenticationLevel,
        idleUntil: Instant, at: Instant, history: HistoryEntry?, entries: [AuditEntry]
    ) async throws -> Bool {
        step { state in
            guard let session = state.sessions[id], session.secretHash == oldHash, state.isLive(session, at: at) else {
                return false
            }
            state.sessions[id] = session.changed(
                secretHash: newHash, level: level, lastSeenAt: at, idleUntil: idleUntil)
            if let history { state.history.append(history) }
            state.entries += entries
            return true
        }
    }

    func touch(_ id: Identifier<Session>, idleUntil: Instant, at: Instant) async throws {
        step { $0.touch(id, idleUntil: idleUntil, at: at) }
    }

    func sessions(of account: Identifier<Account>, at: Instant) async throws -> [EndedSession] {
        step { state in
            state.sessions.values.filter { $0.accountID == account && state.isLive($0, at: at) }
                .sorted { $0.createdAt > $1.createdAt }
                .map { EndedSession(session: $0, reached: state.reached(in: $0.id)) }
        }
    }

    func end(
        _ sessions: SessionsToEnd, at: Instant, effects: @escaping @Sendable ([EndedSession]) -> EndingEffects
    ) async throws -> [EndedSession] {
        step { $0.end(sessions, at: at, effects: effects) }
    }
}

extension MemoryBooks.State {
    func reached(in session: Identifier<Session>) -> [ReachedPortal] {
        var latest: [String: ReachedPortal] = [:]
        for grant in grants.values.sorted(by: { $0.createdAt < $1.createdAt }) where grant.sessionID == session {
            latest["\(grant.portalID) \(grant.subject)"] = ReachedPortal(
                portalID: grant.portalID, subject: grant.subject, at: grant.createdAt)
        }
        return latest.values.sorted { $0.portalID < $1.portalID }
    }

    mutating func end(
        _ which: SessionsToEnd, at: Instant, effects: ([EndedSession]) -> EndingEffects
    ) -> [EndedSession] {
        let live = sessions.values.filter { session in
            guard isLive(session, at: at) else { return false }
            return switch which {
            case .one(let id): session.id == id
            case .all(let account): session.accountID == account
            }
        }
        let ended = live.map { EndedSession(session: $0, reached: reached(in: $0.id)) }
        let ids = Set(live.map(\.id))
        for session in live { sessions[session.id] = session.changed(lastSeenAt: session.lastSeenAt, endedAt: at) }
        for grant in grants.values {
            let isOver =
                switch which {
                case .one: !grant.isOffline && grant.sessionID.map { ids.contains($0) } ?? false
                case .all(let account): grant.accountID == account
                }
            if isOver { end(grant.id, at: at) }
        }
        let effects = effects(ended)
        notices += effects.notices
        entries += effects.entries
        return ended
    }
}
