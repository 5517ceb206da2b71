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
    /// Where it came from, as a keyed hash of the address prefix; `nil` where the portal proved who it is.
    package let origin: Digest?
    package let createdAt: Instant
    package let expiresAt: Instant

    package init(
        deviceHash: Digest, userHash: Digest, portalID: String, scopes: [String], resources: [String],
        keyThumbprint: String?, origin: Digest? = nil, createdAt: Instant, expiresAt: Instant
    ) {
        (self.deviceHash, self.userHash, self.portalID) = (deviceHash, userHash, portalID)
        (self.scopes, self.resources, self.keyThumbprint) = (scopes, resources, keyThumbprint)
        self.origin = origin
        (self.createdAt, self.expiresAt) = (createdAt, expiresAt)
    }
}

/// Live requests that there may be.
package struct DeviceQuota: Hashable, Sendable {
    /// Of one portal.
    package let perPortal: Int
    /// Of one portal from one `origin`.
    package let perOrigin: Int

    package init(perPortal: Int, perOrigin: Int) {
        (self.perPortal, self.perOrigin) = (perPortal, perOrigin)
    }
}

/// What came of a request to wait.
package enum DeviceStart: Hashable, Sendable {
    case waits
    /// Another device has the user code.
    case codeTaken
    case portalFull
    case originFull
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
    /// - Parameter entries: written where the request waits; nothing changes for any other answer.
    func start(_ request: DeviceRequest, quota: DeviceQuota, entries: [AuditEntry]) async throws -> DeviceStart
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
