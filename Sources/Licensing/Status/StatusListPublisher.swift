import Credentials
package import Primitives

/// Why a status list cannot be signed.
package enum StatusListRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The list's department has left the policy: nobody may sign for it.
    case unknownDepartment(list: Int, department: String)

    package var description: String {
        switch self {
        case .unknownDepartment(let list, let department):
            "status list \(list) is of the department '\(department)', which the policy no longer has"
        }
    }
}

/// Signs status lists (Token Status List, draft-21 §5.1) with the signer of the department whose licenses they speak of.
package struct StatusListPublisher: Sendable {
    /// Seconds until a token is too old to tell anything: verifiers may lack a network for a week.
    package static let lifetime: Int64 = 7 * 86_400
    /// Seconds that a copy may be kept before asking again (`ttl`, §13.7).
    package static let timeToLive = 300

    private let policy: LicensingPolicy
    private let register: any LicenseRegister
    private let keys: any SigningKeys
    private let clock: any Clock
    private let issuerURL: String

    package init(
        policy: LicensingPolicy, register: any LicenseRegister, keys: any SigningKeys, clock: any Clock,
        issuerURL: String
    ) {
        (self.policy, self.register, self.keys) = (policy, register, keys)
        (self.clock, self.issuerURL) = (clock, issuerURL)
    }

    /// The list's token as signed now.
    package func token(list: Int) async throws -> (text: String, version: Int)? {
        try await token(list: list, at: clock.now())
    }

    /// The list's token and the version of its content, for caching; `nil` when there is no such list.
    ///
    /// - Throws: what the register and the keys throw; `StatusListRefusal`.
    @concurrent
    package func token(list: Int, at instant: Instant) async throws -> (text: String, version: Int)? {
        guard let content = try await register.statusList(list) else { return nil }
        guard policy.departments[content.departmentID] != nil else {
            throw StatusListRefusal.unknownDepartment(list: list, department: content.departmentID)
        }
        var statuses = StatusList(capacity: content.capacity, bits: 2)
        for mark in content.marks { try statuses.set(StatusListClaims.value(of: mark.state), at: mark.index) }
        let details = StatusListClaims.details(of: content.marks)
        let extra = details.isEmpty ? JSONObject() : JSONObject([(StatusListClaims.details, .object(details))])
        let text = try StatusListToken.signed(
            statuses, subject: IssuerAddress.statusURI(issuerURL, list: list), issuedAt: instant,
            expiresAt: instant.adding(seconds: StatusListPublisher.lifetime),
            timeToLive: StatusListPublisher.timeToLive, extraClaims: extra,
            by: keys.documentSigner(department: content.departmentID, at: instant))
        return (text, content.version)
    }
}
