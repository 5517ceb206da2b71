import Audit
import Primitives

/// Takes the answers to "these data go to …" and "go on as …".
package struct Decide: Sendable {
    let signOn: SignOn

    package init(_ signOn: SignOn) {
        self.signOn = signOn
    }

    /// The answer to notice or consent. It counts only in the session that was asked.
    package func decide(flow: String, allows: Bool, browser: Browser) async throws -> StepResult {
        do {
            let turn = try await Turn(opening: flow, browser: browser, signOn: signOn)
            guard let request = turn.flow.request, let portal = turn.portal, let live = turn.live,
                turn.flow.askedSession == live.session.id
            else { return try await Progress(signOn: signOn).next(turn) }
            guard allows else { return try await deny(turn, request, portal, live) }
            return try await allow(turn, request, portal, live)
        } catch let refusal as AuthorizeRefusal {
            return .refused(refusal)
        }
    }

    /// The answer to `prompt=select_account`.
    package func chooseAccount(flow: String, keeps: Bool, browser: Browser) async throws -> StepResult {
        do {
            var turn = try await Turn(opening: flow, browser: browser, signOn: signOn)
            if let live = turn.live, turn.flow.askedSession == live.session.id {
                turn.flow.chosenSession = keeps ? live.session.id : nil
                turn.flow.mustSignIn = !keeps
            }
            return try await Progress(signOn: signOn).next(turn)
        } catch let refusal as AuthorizeRefusal {
            return .refused(refusal)
        }
    }

    /// Everything before the question is asked again: the session may have changed since the page was shown.
    private func allow(
        _ turn: Turn, _ request: AuthorizationRequest, _ portal: Portal, _ live: LiveSession
    ) async throws -> StepResult {
        let now = try await Progress(signOn: signOn).next(turn)
        guard case .consent(let question) = now.next else { return now }
        let answered = Acknowledgement(
            accountID: live.account.id, portalID: portal.id, data: question.data,
            isAgreement: question.isQuestion, at: turn.now)
        let location = try await CodeIssue(signOn: signOn).issue(
            request, portal: portal, live: live, answered: answered)
        guard let location else { return try turn.result(Progress(signOn: signOn).signIn(turn)) }
        return try turn.result(.redirect(location))
    }

    private func deny(
        _ turn: Turn, _ request: AuthorizationRequest, _ portal: Portal, _ live: LiveSession
    ) async throws -> StepResult {
        try await signOn.books.append(
            AuditEntry(
                .consentDenied, outcome: .refused, at: turn.now, department: portal.departmentID,
                actor: live.account.id.description, object: portal.id,
                details: JSONObject([("portal", .string(portal.id))])))
        return try turn.result(.redirect(signOn.location(request, refusing: .denied)))
    }
}
