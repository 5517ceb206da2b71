package import Primitives

/// A person or an organization who signs in.
package struct Account: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case person
        case organization
    }

    package let id: Identifier<Account>
    package let kind: Kind
    package let profile: Profile
    /// How sure it is who this is; limits every `acr` of the account.
    package let assurance: Assurance
    package let proofings: [Proofing]
    package let roles: [DepartmentRole]
    package let isDisabled: Bool
    /// Which sector key names the account (`SubjectNaming`), so that a new key renames nobody.
    package let namingVersion: Int
    package let createdAt: Instant
    /// When the profile last changed (`updated_at`).
    package let updatedAt: Instant

    package init(
        id: Identifier<Account>, kind: Kind, profile: Profile, assurance: Assurance = .low,
        proofings: [Proofing] = [], roles: [DepartmentRole] = [], isDisabled: Bool = false, namingVersion: Int,
        createdAt: Instant, updatedAt: Instant
    ) {
        (self.id, self.kind, self.profile, self.assurance) = (id, kind, profile, assurance)
        (self.proofings, self.roles, self.isDisabled) = (proofings, roles, isDisabled)
        (self.namingVersion, self.createdAt, self.updatedAt) = (namingVersion, createdAt, updatedAt)
    }
}
