import Audit
import Primitives

/// The first step: login and password.
package struct SignIn: Sendable {
    /// Bytes; more is no login or password of anybody.
    private static let (maximumLogin, maximumPassword) = (256, 1024)

    let signOn: SignOn

    package init(_ signOn: SignOn) {
        self.signOn = signOn
    }

    /// Checks a password. Unknown, disabled and wrong do the same work and get the same answer.
    ///
    /// - Throws: `PasswordPoolFull`; what the ports throw.
    package func signIn(flow: String, login: String, password: String, browser: Browser) async throws -> StepResult {
        do {
            var turn = try await Turn(opening: flow, browser: browser, signOn: signOn)
            if case .logout = turn.flow.target { return .refused(.flowLost) }
            turn.flow.refusal = nil
            turn.flow.pending = nil
            if let record = try await check(login: login, password: password, &turn) {
                try await enter(record, &turn)
            }
            return try await shown(turn)
        } catch let refusal as AuthorizeRefusal {
            return .refused(refusal)
        }
    }

    /// What comes next; after a refusal that is the same question again, also where a session would have done.
    private func shown(_ turn: Turn) async throws -> StepResult {
        guard turn.flow.refusal != nil else { return try await Progress(signOn: signOn).next(turn) }
        return try turn.result(Progress(signOn: signOn).signIn(turn))
    }

    private func check(login: String, password: String, _ turn: inout Turn) async throws -> AccountRecord? {
        let isPossible = login.utf8.count <= SignIn.maximumLogin && password.utf8.count <= SignIn.maximumPassword
        let record = isPossible ? try await signOn.books.account(login: login) : nil
        let attempt = try await Attempt(
            at: record?.account.id, login: String(decoding: login.utf8.prefix(SignIn.maximumLogin), as: UTF8.self), turn
        )
        if let until = attempt.throttledUntil {
            turn.flow.refusal = .throttled(until: until)
            try await refuse(.signInThrottled, record, turn)
            return nil
        }
        let bytes = Secret(Array(password.utf8.prefix(SignIn.maximumPassword)))
        let isRight: Bool
        do {
            isRight = try await signOn.passwords.matches(bytes, hash: record?.passwordHash)
        } catch {
            try await attempt.forgive()
            throw error
        }
        guard isRight, let record, !record.account.isDisabled else {
            turn.flow.refusal = .wrong
            try await refuse(.signInRefused, record, turn)
            return nil
        }
        try await attempt.forgive()
        try await renew(record, bytes)
        return record
    }

    private func refuse(_ event: AuditEvent, _ record: AccountRecord?, _ turn: Turn) async throws {
        let reason = record == nil ? "unknown" : record?.account.isDisabled == true ? "disabled" : "wrong"
        var details = JSONObject([("reason", .string(event == .signInThrottled ? "throttled" : reason))])
        details["portal"] = turn.portal.map { .string($0.id) }
        let entry = AuditEntry(
            event, outcome: .refused, at: turn.now, department: turn.portal?.departmentID,
            object: record?.account.id.description, details: details)
        guard event != .signInThrottled else { return try await signOn.append(throttled: entry) }
        try await signOn.books.append(entry)
    }

    /// A hash made at another cost is made anew, now that the password is at hand.
    private func renew(_ record: AccountRecord, _ password: Secret) async throws {
        guard !signOn.passwords.isCurrent(record.passwordHash) else { return }
        let hash = try await signOn.passwords.hash(password)
        let id = record.account.id
        let entry = AuditEntry(
            .passwordChanged, at: signOn.clock.now(), actor: id.description, object: id.description,
            details: JSONObject([("reason", "new hashing cost")]))
        _ = try await signOn.books.setPassword(id, replacing: record.passwordHash, hash: hash, entries: [entry])
    }

    /// With a second factor enrolled there is no session before it was shown.
    private func enter(_ record: AccountRecord, _ turn: inout Turn) async throws {
        guard record.hasOneTimePassword else {
            let level = AuthenticationLevel(
                acr: Reached.level(of: record.account, factors: 1), amr: ["pwd"], at: turn.now)
            try await SessionOpening(signOn: signOn).open(record.account, level: level, &turn)
            return
        }
        let current = try await signOn.books.account(record.account.id) ?? record
        turn.flow.pending = Flow.Pending(
            accountID: record.account.id, passwordMark: signOn.passwordMark(current), at: turn.now)
    }
}
