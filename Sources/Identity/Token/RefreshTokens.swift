import Primitives

/// The rules of refresh tokens that grants share.
struct RefreshTokens: Sendable {
    let signOn: SignOn

    /// The DPoP key that a portal's refresh tokens belong to: only those of public portals are bound, the others are bound to
    /// the portal's own authentication (RFC 9449 §5).
    func boundKey(_ keyThumbprint: String?, of portal: Portal) -> String? {
        portal.isConfidential ? nil : keyThumbprint
    }

    /// A family that begins with this request; `nil` for portals without the grant.
    ///
    /// - Parameter id: `nil` for a new one.
    func family(
        of grant: Identifier<Grant>, id: Identifier<RefreshFamily>? = nil, for request: GrantRequest
    ) -> RefreshFamily? {
        guard request.portal.grants.contains(.refreshToken) else { return nil }
        let tokens = signOn.policy.tokens
        let end = request.at.adding(seconds: tokens.refreshAbsolute)
        return RefreshFamily(
            id: id ?? Identifier(at: request.at, from: signOn.randomness), grantID: grant, portalID: request.portal.id,
            keyThumbprint: boundKey(request.keyThumbprint, of: request.portal), createdAt: request.at,
            rotatedAt: request.at, idleUntil: min(request.at.adding(seconds: tokens.refreshIdle), end), expiresAt: end)
    }

    /// The first refresh token of a family that begins with this request.
    func first(of family: Identifier<RefreshFamily>, for request: GrantRequest) -> String? {
        text(family, 1, portal: request.portal, boundKey: boundKey(request.keyThumbprint, of: request.portal))
    }

    func text(
        _ family: Identifier<RefreshFamily>, _ generation: Int, portal: Portal, boundKey: String?
    ) -> String? {
        RefreshToken(family: family, generation: generation)?.text(
            portalID: portal.id, keyThumbprint: boundKey, mac: signOn.mac)
    }
}
