package import Primitives

/// A system that people sign in to or that asks for tokens: an OAuth client (`portals/<id>.yaml`), checked.
package struct Portal: Hashable, Sendable {
    /// The `client_id`.
    package let id: String
    package let name: LocalizedText
    package let departmentID: String
    /// Of the department: its portals know a person under the same pairwise name.
    package let sector: String
    package let kind: PortalKind
    package let authentication: PortalAuthentication
    /// As written; compared byte by byte (RFC 9700 §4.1.3).
    package let redirectURIs: [String]
    package let postLogoutRedirectURIs: [String]
    package let backchannelLogoutURI: String?
    package let grants: Set<GrantType>
    package let scopes: [String]
    package let profile: PortalProfile
    /// Floor of `acr`.
    package let minimumAssurance: Assurance
    package let consent: PortalConsent
    package let subject: PortalSubject
    package let idTokenAlgorithm: SignatureAlgorithm
    /// Ids of resource portals that it may exchange tokens for, beyond those of its own department.
    package let exchangeAudiences: [String]
    /// RFC 8707 URI of a resource portal.
    package let resource: String?

    package init(
        id: String, name: LocalizedText, departmentID: String, sector: String, kind: PortalKind,
        authentication: PortalAuthentication, redirectURIs: [String] = [], postLogoutRedirectURIs: [String] = [],
        backchannelLogoutURI: String? = nil, grants: Set<GrantType>? = nil, scopes: [String] = [],
        profile: PortalProfile = .baseline, minimumAssurance: Assurance = .low, consent: PortalConsent = .notice,
        subject: PortalSubject = .pairwise, idTokenAlgorithm: SignatureAlgorithm = .es256,
        exchangeAudiences: [String] = [], resource: String? = nil
    ) {
        (self.id, self.name, self.departmentID, self.sector) = (id, name, departmentID, sector)
        (self.kind, self.authentication, self.redirectURIs) = (kind, authentication, redirectURIs)
        (self.postLogoutRedirectURIs, self.backchannelLogoutURI) = (postLogoutRedirectURIs, backchannelLogoutURI)
        (self.grants, self.scopes, self.profile) = (grants ?? kind.defaultGrants, scopes, profile)
        (self.minimumAssurance, self.consent, self.subject) = (minimumAssurance, consent, subject)
        (self.idTokenAlgorithm, self.exchangeAudiences, self.resource) = (idTokenAlgorithm, exchangeAudiences, resource)
    }

    /// Whether it keeps a secret or a key; only such portals are authenticated at the token endpoint.
    package var isConfidential: Bool { authentication != .none }

    /// Whether its tokens may get to a resource portal, by whatever way: one of its own department, or in its list.
    func mayReach(_ target: Portal) -> Bool {
        target.departmentID == departmentID || exchangeAudiences.contains(target.id)
    }

    /// PKCE is optional only for confidential portals of the baseline profile: OpenID Basic sends none.
    package var requiresProofKey: Bool { !isConfidential || profile == .fapi2 }
}
