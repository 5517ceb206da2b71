import Primitives

extension Progress {
    /// `prompt=login` and `max_age`: signed in before this flow began is not enough, or not for so long.
    func freshness(
        _ turn: inout Turn, _ request: AuthorizationRequest, _ live: LiveSession
    ) -> NextStep? {
        let signedInAt = live.session.level.at
        guard signedInAt < turn.flow.startedAt else { return nil }
        let isTooOld = request.maximumAge.map { signedInAt.adding(seconds: $0) < turn.now } ?? false
        guard isTooOld || request.prompts.contains(.login) || turn.flow.mustSignIn else { return nil }
        return interaction(signIn(turn), request, .signInRequired)
    }

    /// `prompt=select_account`.
    func choice(_ turn: inout Turn, _ request: AuthorizationRequest, _ live: LiveSession) -> NextStep? {
        guard request.prompts.contains(.selectAccount), turn.flow.chosenSession != live.session.id,
            live.session.level.at < turn.flow.startedAt
        else { return nil }
        turn.flow.askedSession = live.session.id
        return .account(name: live.account.profile.name)
    }

    /// Who was asked for by `id_token_hint` or by a `sub` in `claims`.
    func person(_ turn: inout Turn, _ request: AuthorizationRequest, _ live: LiveSession) throws -> NextStep? {
        guard let expected = request.expectedSubject, let portal = turn.portal,
            try signOn.subject(of: live.account, for: portal) != expected
        else { return nil }
        guard live.session.level.at < turn.flow.startedAt else {
            return .redirect(signOn.location(request, refusing: .otherPerson))
        }
        return interaction(signIn(turn), request, .signInRequired)
    }

    /// The floor: what can never be reached is said at once, what can be is asked for.
    func assurance(
        _ turn: inout Turn, _ request: AuthorizationRequest, _ live: LiveSession
    ) async throws -> NextStep? {
        let floor = max(request.floor, turn.portal?.minimumAssurance ?? .high)
        guard live.session.level.acr < floor else { return nil }
        guard Reached.level(of: live.account, factors: 2) >= floor else {
            return .redirect(signOn.location(request, refusing: .unmetAssurance))
        }
        let record = try await signOn.books.account(live.account.id)
        guard let record, record.hasOneTimePassword else {
            return interaction(enrolment(&turn, live), request, .signInRequired)
        }
        return interaction(secondFactor(record, turn), request, .signInRequired)
    }

    /// Notice or consent.
    func acknowledgement(
        _ turn: inout Turn, _ request: AuthorizationRequest, _ live: LiveSession
    ) async throws -> NextStep? {
        guard let portal = turn.portal else { return .refused(.unknownPortal) }
        let data = StandardClaims.data(scopes: request.scopes, claims: request.claims)
        if !request.prompts.contains(.consent) {
            let known = try await signOn.books.acknowledgedData(
                account: live.account.id, portalID: portal.id, agreed: portal.consent == .ask)
            guard !known.isSuperset(of: data) else { return nil }
        }
        turn.flow.askedSession = live.session.id
        let question = ConsentQuestion(
            accountName: live.account.profile.name, isQuestion: portal.consent == .ask, data: data)
        return interaction(.consent(question), request, .consentRequired)
    }

    /// The password was right, and a second factor is enrolled.
    func pendingSecondFactor(_ turn: inout Turn) async throws -> NextStep? {
        guard turn.flow.pending != nil else { return nil }
        guard let record = try await signOn.pendingAccount(turn) else {
            turn.flow.pending = nil
            return nil
        }
        return secondFactor(record, turn)
    }

    private func secondFactor(_ record: AccountRecord, _ turn: Turn) -> NextStep {
        .secondFactor(
            SecondFactorQuestion(hasRecoveryCodes: record.recoveryCodesLeft > 0, refusal: turn.flow.refusal))
    }

    /// Shows a TOTP secret, to somebody who entered their password just now.
    func enrolment(_ turn: inout Turn, _ live: LiveSession) -> NextStep {
        guard turn.now < live.session.level.at.adding(seconds: Flow.stepLifetime) else { return signIn(turn) }
        if turn.flow.offered?.accountID != live.account.id {
            turn.flow.offered = Flow.Offer(
                accountID: live.account.id, secret: Base32.encode(signOn.randomness.bytes(20)))
        }
        let secret = turn.flow.offered?.secret ?? ""
        return .enrolment(
            EnrolmentQuestion(
                secret: secret,
                uri: OneTimePasswordURI.text(secret: secret, issuer: signOn.directory.authorityName.english),
                refusal: turn.flow.refusal))
    }
}
