package import Primitives

/// The authority over all departments (`authority.yaml`).
package struct Authority: Hashable, Sendable {
    package let name: LocalizedText
    package let code: SocialCreditCode
    /// BCP 47 tags offered on pages; the first is the default.
    package let languages: [String]

    package init(name: LocalizedText, code: SocialCreditCode, languages: [String]) {
        (self.name, self.code, self.languages) = (name, code, languages)
    }
}

/// A department that issues licenses (`departments/<id>.yaml`).
package struct Department: Hashable, Sendable {
    package let id: String
    package let name: LocalizedText
    package let code: SocialCreditCode
    /// Pairwise subjects are shared inside a sector.
    package let sector: String
    package let signerAlgorithm: SignatureAlgorithm

    package init(
        id: String, name: LocalizedText, code: SocialCreditCode, sector: String, signerAlgorithm: SignatureAlgorithm
    ) {
        (self.id, self.name, self.code) = (id, name, code)
        (self.sector, self.signerAlgorithm) = (sector, signerAlgorithm)
    }
}

/// What licensing knows of the policy folder, checked whole.
package struct LicensingPolicy: Sendable {
    package let authority: Authority
    /// By id.
    package let departments: [String: Department]
    /// By id.
    package let types: [String: LicenseType]

    package init(authority: Authority, departments: [String: Department], types: [String: LicenseType]) {
        (self.authority, self.departments, self.types) = (authority, departments, types)
    }
}
