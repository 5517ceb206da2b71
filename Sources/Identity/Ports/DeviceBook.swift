package import Audit
package import Primitives

/// A device that waits for a person (RFC 8628).
package struct DeviceRequest: Hashable, Sendable {
    /// SHA-256 of the device code and, where it belongs to one, its DPoP key: with another key no row is found.
    package let deviceHash: Digest
    /// SHA-256 of the user code's letters, upper case, without separators.
    package let userHash: Digest
    package let portalID: String
    package let scopes: [String]
    package let resources: [String]
    /// DPoP key that the token request must prove; already part of `deviceHash`.
    package let keyThumbprint: String?
    package let createdAt: Instant
    package let expiresAt: Instant

    package init(
        deviceHash: Digest, userHash: Digest, portalID: String, scopes: [String], resources: [String],
        keyThumbprint: String?, createdAt: Instant, expiresAt: Instant
    ) {
        (self.deviceHash, self.userHash, self.portalID) = (deviceHash, userHash, portalID)
        (self.scopes, self.resources, self.keyThumbprint) = (scopes, resources, keyThumbprint)
        (self.createdAt, self.expiresAt) = (createdAt, expiresAt)
    }
}

/// What a person answered to a device.
package enum DeviceDecision: Sendable {
    case allowed(Grant, Acknowledgement?, HistoryEntry)
    case denied
}

/// What a device's token request finds (RFC 8628 §3.5).
package enum DeviceOutcome: Hashable, Sendable {
    case redeemed(LiveGrant)
    case pending
    /// Asked sooner than `interval` after the last time; the interval grew by 5 seconds.
    case slowDown
    case denied
    /// Unknown, redeemed before, another portal's, too late, or its grant is not live.
    case dead
}

/// Port: devices that wait. Every change is durable before the call returns.
package protocol DeviceBook: Sendable {
    /// - Parameter quota: live requests of one portal.
    /// - Returns: `false`, nothing having changed, at the quota or when the user code is taken.
    func start(_ request: DeviceRequest, quota: Int, entries: [AuditEntry]) async throws -> Bool
    /// The request with this user code that nobody has answered and that is not too late.
    func request(userHash: Digest, at: Instant) async throws -> DeviceRequest?
    /// Answers a request, once: one conditional statement; stores grant, acknowledgement and history with it.
    ///
    /// - Returns: `false`, nothing having changed, when it was answered, is too late, or session or account are over.
    func decide(
        userHash: Digest, _ decision: DeviceDecision, at: Instant, entries: [AuditEntry]
    ) async throws -> Bool
    /// One token request of the device: counts it, and where allowed spends the device code and stores the family.
    /// What is `denied` or `dead` costs a read only: anyone may ask for what is not there.
    ///
    /// - Parameters:
    ///   - proof: spent with the device code, where that is redeemed.
    ///   - family: built inside the transaction for the grant, before anything is spent; `nil` where no refresh token is
    ///     given. What it throws is thrown, nothing having changed.
    ///   - entries: built inside the transaction from the outcome; `denied` and `dead` have none.
    /// - Throws: `AlreadySpent` for a proof spent before a device code that is still good.
    func poll(
        deviceHash: Digest, portalID: String, at: Instant, interval: Int64, proof: OneTimeValue?,
        family: @escaping @Sendable (Grant) throws -> RefreshFamily?,
        entries: @escaping @Sendable (DeviceOutcome) -> [AuditEntry]
    ) async throws -> DeviceOutcome
}
