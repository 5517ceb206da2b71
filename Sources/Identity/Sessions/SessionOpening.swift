import Audit
import Primitives

/// Gives a browser a session, or its session a new secret and level: after every step of signing in the cookie is another.
struct SessionOpening: Sendable {
    let signOn: SignOn

    /// Opens or rotates; the turn gets cookies and live session.
    ///
    /// Another person's session in this browser ends first. Where the account was disabled meanwhile, nothing happens.
    func open(_ account: Account, level: AuthenticationLevel, _ turn: inout Turn) async throws {
        if let live = turn.live, live.account.id == account.id, try await rotate(live, level, &turn) { return }
        if let live = turn.live {
            _ = try await SessionEnding(signOn: signOn).end(
                .one(live.session.id), as: .sessionEnded, reason: "replaced")
            turn.live = nil
        }
        try await begin(account, level, &turn)
    }

    private func rotate(_ live: LiveSession, _ level: AuthenticationLevel, _ turn: inout Turn) async throws -> Bool {
        let secret = OpaqueSecret(from: signOn.randomness)
        let idleUntil = turn.now.adding(seconds: signOn.policy.session.idle)
        let isRotated = try await signOn.books.rotate(
            live.session.id, from: live.session.secretHash, to: secret.hash(signOn.hashing), level: level,
            idleUntil: idleUntil, at: turn.now, history: history(live.account, level, turn),
            entries: [entry(.reauthenticated, live.account, live.session.id, level, turn)])
        guard isRotated else { return false }
        let old = live.session
        take(
            Session(
                id: old.id, accountID: old.accountID, secretHash: secret.hash(signOn.hashing), level: level,
                device: old.device, createdAt: old.createdAt, lastSeenAt: turn.now, idleUntil: idleUntil,
                expiresAt: old.expiresAt), live.account, secret, &turn)
        return true
    }

    private func begin(_ account: Account, _ level: AuthenticationLevel, _ turn: inout Turn) async throws {
        let secret = OpaqueSecret(from: signOn.randomness)
        let limits = signOn.policy.session
        let session = Session(
            id: Identifier(from: signOn.randomness), accountID: account.id, secretHash: secret.hash(signOn.hashing),
            level: level, device: device(turn), createdAt: turn.now, lastSeenAt: turn.now,
            idleUntil: turn.now.adding(seconds: limits.idle), expiresAt: turn.now.adding(seconds: limits.absolute))
        let isOpen = try await signOn.books.open(
            session, history: history(account, level, turn),
            entries: [entry(.signedIn, account, session.id, level, turn)])
        guard isOpen else { return }
        take(session, account, secret, &turn)
        turn.changes.device = .set(try KnownDevice.make(account.id, signOn))
    }

    private func take(_ session: Session, _ account: Account, _ secret: OpaqueSecret, _ turn: inout Turn) {
        turn.live = LiveSession(session: session, account: account)
        turn.changes.session = .set(secret.exposedText)
        turn.flow.pending = nil
        turn.flow.mustSignIn = false
    }

    private func device(_ turn: Turn) -> String {
        let printable = turn.browser.userAgent.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
        return String(String.UnicodeScalarView(printable.prefix(200)))
    }

    private func history(_ account: Account, _ level: AuthenticationLevel, _ turn: Turn) -> HistoryEntry {
        HistoryEntry(accountID: account.id, at: turn.now, event: .signedIn(device: device(turn), amr: level.amr))
    }

    private func entry(
        _ event: AuditEvent, _ account: Account, _ session: Identifier<Session>, _ level: AuthenticationLevel,
        _ turn: Turn
    ) -> AuditEntry {
        var details = JSONObject([
            ("acr", .string(level.acr.rawValue)), ("amr", .string(level.amr.joined(separator: " "))),
        ])
        details["portal"] = turn.portal.map { .string($0.id) }
        return AuditEntry(
            event, at: turn.now, department: turn.portal?.departmentID, actor: account.id.description,
            object: session.description, details: details)
    }
}
