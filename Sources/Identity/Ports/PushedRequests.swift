package import Primitives

/// A pushed authorization request (RFC 9126), checked and stored for an authenticated portal.
package struct PushedRequest: Hashable, Sendable {
    /// SHA-256 of the 32 random bytes in its `request_uri`.
    package let hash: Digest
    package let portalID: String
    /// `AuthorizationRequest` as JSON; may hold a login hint, so it is sealed at rest.
    package let request: [UInt8]
    /// First moment at which it is too late.
    package let expiresAt: Instant

    package init(hash: Digest, portalID: String, request: [UInt8], expiresAt: Instant) {
        (self.hash, self.portalID, self.request, self.expiresAt) = (hash, portalID, request, expiresAt)
    }
}

/// Port: pushed requests, durable, without audit entries.
package protocol PushedRequests: Sendable {
    /// - Parameter quota: requests of one portal that may wait.
    /// - Returns: `false`, nothing having changed, when the portal has that many that are neither taken nor too late.
    func push(_ request: PushedRequest, quota: Int, at: Instant) async throws -> Bool
    /// Takes a request, once: one conditional statement on hash, portal and time.
    ///
    /// - Returns: `PushedRequest.request`; `nil` when unknown, taken before, another portal's or too late.
    func take(_ hash: Digest, portalID: String, at: Instant) async throws -> [UInt8]?
}
