package import Primitives

/// That a person was told, or agreed, that data go to a portal.
package struct Acknowledgement: Hashable, Sendable {
    package let accountID: Identifier<Account>
    package let portalID: String
    /// Names of scopes, and of single claims as `claim:<name>`; sorted, each once.
    package let data: [String]
    /// The person agreed; else they were told.
    package let isAgreement: Bool
    package let at: Instant

    package init(
        accountID: Identifier<Account>, portalID: String, data: [String], isAgreement: Bool, at: Instant
    ) {
        (self.accountID, self.portalID, self.data) = (accountID, portalID, data)
        (self.isAgreement, self.at) = (isAgreement, at)
    }
}
