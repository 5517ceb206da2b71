package import Primitives

/// All refresh tokens that follow from one redemption; the tokens themselves are not stored, they are computed
/// (`base64url(id ‖ generation ‖ MAC)`).
package struct RefreshFamily: Hashable, Sendable {
    package let id: Identifier<RefreshFamily>
    package let grantID: Identifier<Grant>
    package let portalID: String
    /// The generation that is good now, from 1.
    package let generation: Int
    /// DPoP key that every use must prove (RFC 9449 §5: public portals only).
    package let keyThumbprint: String?
    package let createdAt: Instant
    /// When the current generation began.
    package let rotatedAt: Instant
    /// First moment at which it is over for want of use.
    package let idleUntil: Instant
    /// First moment at which it is over in any case.
    package let expiresAt: Instant
    package let endedAt: Instant?

    package init(
        id: Identifier<RefreshFamily>, grantID: Identifier<Grant>, portalID: String, generation: Int = 1,
        keyThumbprint: String?, createdAt: Instant, rotatedAt: Instant, idleUntil: Instant, expiresAt: Instant,
        endedAt: Instant? = nil
    ) {
        (self.id, self.grantID, self.portalID, self.generation) = (id, grantID, portalID, generation)
        (self.keyThumbprint, self.createdAt, self.rotatedAt) = (keyThumbprint, createdAt, rotatedAt)
        (self.idleUntil, self.expiresAt, self.endedAt) = (idleUntil, expiresAt, endedAt)
    }
}
