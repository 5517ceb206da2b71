import Audit
import Primitives

/// The second step: a TOTP code or a recovery code, after the password or in a session that must step up.
package struct SecondFactor: Sendable {
    let signOn: SignOn

    package init(_ signOn: SignOn) {
        self.signOn = signOn
    }

    /// Whom the step is of, and when their password was checked.
    private struct Candidate {
        let record: AccountRecord
        let passwordAt: Instant
    }

    /// Checks a code: six digits of an authenticator, or a recovery code.
    ///
    /// - Throws: what the ports throw.
    package func check(flow: String, code: String, browser: Browser) async throws -> StepResult {
        do {
            var turn = try await Turn(opening: flow, browser: browser, signOn: signOn)
            turn.flow.refusal = nil
            guard let candidate = try await candidate(turn) else {
                return try await Progress(signOn: signOn).next(turn)
            }
            if let method = try await spend(code, candidate.record, &turn) {
                try await open(candidate, method, &turn)
            }
            return try await Progress(signOn: signOn).next(turn)
        } catch let refusal as AuthorizeRefusal {
            return .refused(refusal)
        }
    }

    /// Takes the first code of the authenticator that was offered, and gives out recovery codes.
    ///
    /// - Throws: what the ports throw.
    package func enrol(flow: String, code: String, browser: Browser) async throws -> StepResult {
        do {
            var turn = try await Turn(opening: flow, browser: browser, signOn: signOn)
            turn.flow.refusal = nil
            try await Enrolment(signOn: signOn).enrol(code, &turn)
            return try await Progress(signOn: signOn).next(turn)
        } catch let refusal as AuthorizeRefusal {
            return .refused(refusal)
        }
    }

    /// Gives out fresh recovery codes in place of the old ones, to somebody who signed in with both factors just now; others
    /// are asked to sign in first and come back to their page.
    ///
    /// - Parameter formToken: of the citizen's page.
    /// - Returns: `nil` when the form is not from this session's page.
    package func renewCodes(formToken: String, browser: Browser) async throws -> StepResult? {
        guard FormToken(signOn: signOn).isRight(formToken, for: EndSessions.form, browser) else { return nil }
        var turn = try await Turn(.page(.citizen), browser: browser, signOn: signOn)
        guard let live = turn.live, live.session.level.amr.contains("mfa"),
            turn.now < live.session.level.at.adding(seconds: Flow.stepLifetime)
        else {
            turn.flow.mustSignIn = true
            return try await Progress(signOn: signOn).next(turn)
        }
        let codes = try await Enrolment(signOn: signOn).renew(live, at: turn.now)
        turn.flow.given = Flow.GivenCodes(accountID: live.account.id, codes: codes)
        return try await Progress(signOn: signOn).next(turn)
    }

    private func candidate(_ turn: Turn) async throws -> Candidate? {
        if let pending = turn.flow.pending {
            return try await signOn.pendingAccount(turn).map { Candidate(record: $0, passwordAt: pending.at) }
        }
        guard let live = turn.live, let record = try await signOn.books.account(live.account.id),
            record.hasOneTimePassword
        else { return nil }
        return Candidate(record: record, passwordAt: live.session.level.at)
    }

    /// - Returns: the method (`amr`) when the code was right and not used before.
    private func spend(_ code: String, _ record: AccountRecord, _ turn: inout Turn) async throws -> String? {
        let id = record.account.id
        let attempt = try await Attempt(at: id, login: "", isFactor: true, turn)
        if let until = attempt.throttledUntil {
            turn.flow.refusal = .throttled(until: until)
            try await signOn.append(throttled: entry(.signInThrottled, .refused, id, turn))
            return nil
        }
        let method = try await check(code, id, turn)
        guard let method else {
            turn.flow.refusal = .wrong
            return nil
        }
        try await attempt.forgive()
        return method
    }

    private func check(_ code: String, _ id: Identifier<Account>, _ turn: Turn) async throws -> String? {
        let passed = entry(.secondFactorPassed, .succeeded, id, turn)
        let refused = entry(.secondFactorRefused, .refused, id, turn)
        if let recovery = RecoveryCode(code) {
            let used = entry(.recoveryCodeUsed, .succeeded, id, turn)
            let isSpent = try await signOn.books.spend(recoveryCode: recovery.hash(signOn.hashing), of: id) {
                $0 ? [used] : [refused]
            }
            return isSpent ? "rc" : nil
        }
        guard let digits = OneTimeCode.digits(code), let secret = try await signOn.books.oneTimePasswordSecret(of: id),
            let step = signOn.oneTimePasswords.step(of: digits, secret: secret, at: turn.now)
        else {
            try await signOn.books.append(refused)
            return nil
        }
        let isSpent = try await signOn.books.spend(step: step, of: id) { $0 ? [passed] : [refused] }
        return isSpent ? "otp" : nil
    }

    private func open(_ candidate: Candidate, _ method: String, _ turn: inout Turn) async throws {
        let account = candidate.record.account
        let level = AuthenticationLevel(
            acr: Reached.level(of: account, factors: 2), amr: ["pwd", method, "mfa"], at: candidate.passwordAt)
        try await SessionOpening(signOn: signOn).open(account, level: level, &turn)
    }

    private func entry(
        _ event: AuditEvent, _ outcome: AuditOutcome, _ id: Identifier<Account>, _ turn: Turn
    ) -> AuditEntry {
        var details = JSONObject([("step", "second factor")])
        details["portal"] = turn.portal.map { .string($0.id) }
        return AuditEntry(
            event, outcome: outcome, at: turn.now, department: turn.portal?.departmentID, actor: id.description,
            object: id.description, details: details)
    }
}
