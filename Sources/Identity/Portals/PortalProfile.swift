/// Which security profile a portal follows (`profile`).
package enum PortalProfile: String, Hashable, Sendable, CaseIterable {
    /// OpenID Connect Basic.
    case baseline
    /// FAPI 2.0 Security Profile: pushed requests, `private_key_jwt` and DPoP are required.
    case fapi2
}

/// Whether a person must agree before data go to a portal (`consent`).
package enum PortalConsent: String, Hashable, Sendable, CaseIterable {
    /// Told once which data are sent.
    case notice
    /// Must agree.
    case ask
}

/// Which name of a person a portal gets (`subject`; OpenID Connect Core §8).
package enum PortalSubject: String, Hashable, Sendable, CaseIterable {
    /// Another name in every sector.
    case pairwise
    /// The account id.
    case `public`
}
