import Audit
import Primitives

extension AccessTokens {
    /// Puts on record, within the portal's budget of refusals, that a live token did not reach as far as it was used.
    ///
    /// - Parameters:
    ///   - object: what it was used on, where that is known.
    ///   - department: in which the holder wanted to act.
    package func noteForbidden(
        _ holder: TokenHolder, scope: String, object: String? = nil, department: String? = nil
    ) async throws {
        let at = signOn.clock.now()
        guard let skipped = refusals.take(portalID: holder.portal.id, at: at) else { return }
        var details = JSONObject([
            ("portal", .string(holder.portal.id)), ("token", .string(holder.token.id)), ("scope", .string(scope)),
            (
                "error",
                .string(department == nil ? OAuthError.insufficientScope.rawValue : OAuthError.accessDenied.rawValue)
            ),
        ])
        details["department"] = department.map { .string($0) }
        if skipped > 0 { details["skipped"] = .integer(skipped) }
        try await signOn.books.append(
            AuditEntry(
                .tokenRefused, outcome: .refused, at: at, department: holder.portal.departmentID, actor: holder.actor,
                object: object, details: details))
    }
}
