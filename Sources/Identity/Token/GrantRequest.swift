import Audit
import Primitives

/// What a grant sees of a token request: who asks is proven, and so is the DPoP key.
struct GrantRequest: Sendable {
    let type: GrantType
    let portal: Portal
    let parameters: Parameters
    /// Of the proof; `nil` where there is none.
    let keyThumbprint: String?
    /// The proof, where it is to be spent together with what the request brings; `nil` where it is spent already.
    let proof: OneTimeValue?
    let at: Instant
    /// The `jti` that the access token will have.
    let tokenID: String

    /// A parameter of the grant that must be there.
    func required(_ name: String) throws(TokenRefusal) -> String {
        guard let value = parameters[name] else { throw .missingParameter(name) }
        return value
    }

    /// The entry of a token that was given.
    ///
    /// - Parameter leading: more details, of names before `grantType`; others are `details`.
    func entry(
        _ event: AuditEvent, account: Identifier<Account>?, grant: Identifier<Grant>?,
        leading: [(String, JSONValue)] = [], details extra: [(String, JSONValue)] = []
    ) -> AuditEntry {
        entry(
            event, outcome: .succeeded, account: account, grant: grant, leading: leading,
            details: extra + [("token", .string(tokenID))])
    }

    /// The entry of a refusal.
    func refusal(_ event: AuditEvent, grant: Identifier<Grant>?) -> AuditEntry {
        entry(event, outcome: .refused, account: nil, grant: grant, details: [])
    }

    private func entry(
        _ event: AuditEvent, outcome: AuditOutcome, account: Identifier<Account>?, grant: Identifier<Grant>?,
        leading: [(String, JSONValue)] = [], details extra: [(String, JSONValue)]
    ) -> AuditEntry {
        // In the order in which the log writes them, so that it has nothing to sort.
        let details = leading + [("grantType", .string(type.rawValue)), ("portal", .string(portal.id))] + extra
        return AuditEntry(
            event, outcome: outcome, at: at, department: portal.departmentID,
            actor: account?.description ?? portal.id, object: grant?.description, details: JSONObject(details))
    }
}

/// One row of the grant table: spends what the request brings and says what it entitles to. Everything else (who asks, the
/// proof, making tokens) is the pipeline's.
protocol TokenGrant: Sendable {
    /// - Throws: `TokenRefusal`, or what ports throw.
    func redeem(_ request: GrantRequest) async throws -> Entitlement
}
