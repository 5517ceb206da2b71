import Audit
import Primitives

/// Binds an authenticator to an account: somebody who entered their password just now proves its first code.
struct Enrolment: Sendable {
    /// Recovery codes given out together.
    private static let codeCount = 10

    let signOn: SignOn

    func enrol(_ code: String, _ turn: inout Turn) async throws {
        guard let live = turn.live, let offered = turn.flow.offered, offered.accountID == live.account.id,
            turn.now < live.session.level.at.adding(seconds: 2 * Flow.stepLifetime),
            let secret = Base32.decode(offered.secret).map({ Secret($0) })
        else { return }
        let attempt = try await Attempt(at: live.account.id, login: "", turn)
        if let until = attempt.throttledUntil {
            turn.flow.refusal = .throttled(until: until)
            return try await signOn.append(throttled: refusal(.signInThrottled, live, turn))
        }
        guard let digits = OneTimeCode.digits(code),
            let step = signOn.oneTimePasswords.step(of: digits, secret: secret, at: turn.now)
        else {
            turn.flow.refusal = .wrong
            return try await signOn.books.append(refusal(.secondFactorRefused, live, turn))
        }
        try await attempt.forgive()
        try await store(secret, step: step, live, &turn)
    }

    private func refusal(_ event: AuditEvent, _ live: LiveSession, _ turn: Turn) -> AuditEntry {
        AuditEntry(
            event, outcome: .refused, at: turn.now, department: turn.portal?.departmentID,
            actor: live.account.id.description, object: live.account.id.description,
            details: JSONObject([("step", "enrolment")]))
    }

    /// - Returns: the codes as people read them.
    func renew(_ live: LiveSession, at now: Instant) async throws -> [String] {
        let codes = freshCodes()
        let id = live.account.id
        let entry = AuditEntry(.recoveryCodesRenewed, at: now, actor: id.description, object: id.description)
        try await signOn.books.setRecoveryCodes(id, codes.map { $0.hash(signOn.hashing) }, entries: [entry])
        return codes.map(\.exposedText)
    }

    private func freshCodes() -> [RecoveryCode] {
        (0..<Enrolment.codeCount).map { _ in RecoveryCode(from: signOn.randomness) }
    }

    private func store(_ secret: Secret, step: Int64, _ live: LiveSession, _ turn: inout Turn) async throws {
        let codes = freshCodes()
        let id = live.account.id
        let entry = AuditEntry(
            .secondFactorEnrolled, at: turn.now, department: turn.portal?.departmentID, actor: id.description,
            object: id.description)
        let isEnrolled = try await signOn.books.enrol(
            id, secret: secret, step: step, recoveryCodes: codes.map { $0.hash(signOn.hashing) }, entries: [entry])
        turn.flow.offered = nil
        guard isEnrolled else { return }
        let level = AuthenticationLevel(
            acr: Reached.level(of: live.account, factors: 2), amr: ["pwd", "otp", "mfa"], at: live.session.level.at)
        try await SessionOpening(signOn: signOn).open(live.account, level: level, &turn)
        turn.flow.given = Flow.GivenCodes(accountID: id, codes: codes.map(\.exposedText))
    }
}
