import Primitives

/// What comes next in a flow: an ordered list of questions, each asked only when the ones before are answered.
struct Progress: Sendable {
    let signOn: SignOn

    /// One question about the signed-in person; `nil` when it is answered.
    private typealias Question =
        @Sendable (Progress, inout Turn, AuthorizationRequest, LiveSession) async throws -> NextStep?

    /// For a portal's request, in this order.
    private static let questions: [Question] = [
        { $0.freshness(&$1, $2, $3) },
        { $0.choice(&$1, $2, $3) },
        { try $0.person(&$1, $2, $3) },
        { try await $0.assurance(&$1, $2, $3) },
        { try await $0.acknowledgement(&$1, $2, $3) },
    ]

    /// - Parameter isShown: the page is shown by this very answer, so what is told once (a refusal, recovery codes) is told
    ///   now. An answer to a form only redirects to where it is shown, and its flow must still carry it.
    func next(_ turn: Turn, isShown: Bool = false) async throws -> StepResult {
        var turn = turn
        let next = try await step(&turn)
        if isShown {
            turn.flow.refusal = nil
            turn.flow.given = nil
        }
        return try turn.result(next)
    }

    private func step(_ turn: inout Turn) async throws -> NextStep {
        if let given = turn.flow.given, let live = turn.live {
            if live.account.id == given.accountID { return .recoveryCodes(given.codes) }
            turn.flow.given = nil
        }
        if let question = try await pendingSecondFactor(&turn) { return question }
        switch turn.flow.target {
        case .logout: return .refused(.flowLost)
        case .page(let page): return try await step(&turn, to: page)
        case .authorization(let request): return try await step(&turn, for: request)
        }
    }

    private func step(_ turn: inout Turn, to page: LocalPage) async throws -> NextStep {
        guard let live = turn.live else { return signIn(turn) }
        if turn.flow.mustSignIn, live.session.level.at < turn.flow.startedAt { return signIn(turn) }
        guard page == .secondFactor else { return .page(page) }
        let record = try await signOn.books.account(live.account.id)
        return record?.hasOneTimePassword == false ? enrolment(&turn, live) : .page(.citizen)
    }

    private func step(_ turn: inout Turn, for request: AuthorizationRequest) async throws -> NextStep {
        guard let portal = turn.portal else { return .refused(.unknownPortal) }
        guard let live = turn.live else { return interaction(signIn(turn), request, .signInRequired) }
        for question in Progress.questions {
            if let step = try await question(self, &turn, request, live) { return step }
        }
        let code = try await CodeIssue(signOn: signOn).issue(request, portal: portal, live: live, answered: nil)
        return code.map { .redirect($0) } ?? interaction(signIn(turn), request, .signInRequired)
    }

    /// `step`, or an error where the portal asked for no pages.
    func interaction(
        _ step: NextStep, _ request: AuthorizationRequest, _ refusal: AuthorizeRefusal
    ) -> NextStep {
        request.prompts.contains(.none) ? .redirect(signOn.location(request, refusing: refusal)) : step
    }

    func signIn(_ turn: Turn) -> NextStep {
        .signIn(SignInQuestion(loginHint: turn.flow.request?.loginHint, refusal: turn.flow.refusal))
    }
}
