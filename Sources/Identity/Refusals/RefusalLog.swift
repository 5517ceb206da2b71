import Audit
import Primitives

/// Writes refusals to the audit log, within a budget.
struct RefusalLog: Sendable {
    let signOn: SignOn
    let budget: RefusalBudget

    init(_ signOn: SignOn, budget: RefusalBudget) {
        (self.signOn, self.budget) = (signOn, budget)
    }

    /// That nobody proved to be `claimed`, which is `nil` where there is no such portal.
    func noteUnproven(_ claimed: Portal?, endpoint: TokenRequest.Endpoint) async throws {
        try await note(.portalRefused, .client, portal: claimed, endpoint: endpoint, budgetOf: nil)
    }

    /// That a request of `portal`, which is authenticated, was refused.
    func note(_ refusal: TokenRefusal, portal: Portal, endpoint: TokenRequest.Endpoint) async throws {
        guard refusal.isNoteworthy else { return }
        try await note(.tokenRefused, refusal, portal: portal, endpoint: endpoint, budgetOf: portal.id)
    }

    private func note(
        _ event: AuditEvent, _ refusal: TokenRefusal, portal: Portal?, endpoint: TokenRequest.Endpoint,
        budgetOf id: String?
    ) async throws {
        let at = signOn.clock.now()
        guard let skipped = budget.take(portalID: id, at: at) else { return }
        var details = JSONObject([
            ("endpoint", .string(endpoint.rawValue)), ("error", .string(OAuthAnswer(refusal).error.rawValue)),
        ])
        details["portal"] = portal.map { .string($0.id) }
        if skipped > 0 { details["skipped"] = .integer(skipped) }
        try await signOn.books.append(
            AuditEntry(
                event, outcome: .refused, at: at, department: portal?.departmentID, actor: portal?.id,
                details: details))
    }
}
