package import Primitives

/// What a signed license says, as the claims of its SD-JWT VC. Personal members may be withheld by whoever shows it.
package struct LicenseClaims: Hashable, Sendable {
    package let number: LicenseNumber
    package let type: LicenseSection.CodedName
    package let issuer: LicenseSection.CodedName
    package let holders: [LicenseSection.DisclosedHolder]
    package let validFrom: CalendarDate
    package let validUntil: CalendarDate?
    package let fields: JSONObject
    /// URI of the status list and the index in it.
    package let statusURI: String
    package let statusIndex: Int
    package let issuedAt: Instant
    /// Of the page as issued; absent where no PDF was issued.
    package let pageDigest: Digest?

    /// The credential type identifier (`vct`) of a license type.
    package static func credentialType(of typeCode: String) -> String { "urn:chancery:license-type:\(typeCode)" }

    /// Names of claims no holder may withhold.
    static let alwaysShown: Set<String> = [
        "iss", "iat", "nbf", "exp", "vct", "cnf", "status", "number", "type", "issuer",
    ]
}

/// Why claims do not make a license.
package struct ClaimFault: Error, Hashable, Sendable {
    package let claim: String
    package let reason: String

    package init(_ claim: String, _ reason: String) {
        (self.claim, self.reason) = (claim, reason)
    }
}
