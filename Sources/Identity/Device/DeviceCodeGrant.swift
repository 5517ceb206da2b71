import Audit
import Primitives

/// `urn:ietf:params:oauth:grant-type:device_code` (RFC 8628 §3.4): a device asks whether somebody has answered.
struct DeviceCodeGrant: TokenGrant {
    /// Seconds that a device must wait between two requests, at first.
    static let interval: Int64 = 5

    let signOn: SignOn

    func redeem(_ request: GrantRequest) async throws -> Entitlement {
        let text = try request.required("device_code")
        guard let code = DeviceCode(text) else { throw TokenRefusal.deviceCode }
        guard request.at < code.expiresAt else { throw TokenRefusal.deviceCodeExpired }
        guard let hash = code.hash(keyThumbprint: request.keyThumbprint, hashing: signOn.hashing) else {
            throw TokenRefusal.boundKey
        }
        let tokens = RefreshTokens(signOn: signOn)
        let familyID = Identifier<RefreshFamily>(from: signOn.randomness)
        let outcome = try await signOn.books.poll(
            deviceHash: hash, portalID: request.portal.id, at: request.at, interval: DeviceCodeGrant.interval,
            proof: request.proof,
            family: { grant in
                // Before anything is spent: the policy may allow less than when the device began.
                _ = try audiences(grant, request)
                return tokens.family(of: grant.id, id: familyID, for: request)
            }, entries: { entries($0, request) })
        let live = try live(outcome)
        var entitlement = Entitlement(
            live, scopes: live.grant.scopes.filter { request.portal.scopes.contains($0) },
            audiences: try audiences(live.grant, request))
        if request.portal.grants.contains(.refreshToken) {
            entitlement.refreshToken = tokens.first(of: familyID, for: request)
        }
        return entitlement
    }

    private func audiences(_ grant: Grant, _ request: GrantRequest) throws(TokenRefusal) -> [String] {
        try Audiences(directory: signOn.directory, portal: request.portal).requested(
            [], granted: grant.resources, acr: grant.level.acr)
    }

    private func entries(_ outcome: DeviceOutcome, _ request: GrantRequest) -> [AuditEntry] {
        switch outcome {
        case .redeemed(let live): [request.entry(.tokenIssued, account: live.account.id, grant: live.grant.id)]
        case .pending, .slowDown, .denied, .dead: []
        }
    }

    private func live(_ outcome: DeviceOutcome) throws(TokenRefusal) -> LiveGrant {
        switch outcome {
        case .redeemed(let live): return live
        case .pending: throw .pending
        case .slowDown: throw .slowDown
        case .denied: throw .denied
        case .dead: throw .deviceCode
        }
    }
}
