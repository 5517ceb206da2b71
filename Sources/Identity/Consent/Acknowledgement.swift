package import Primitives

/// That a person was told, or agreed, that a set of data goes to a portal.
package struct Acknowledgement: Hashable, Sendable {
    package let accountID: Identifier<Account>
    package let portalID: String
    /// SHA-256 over the kind of question and the sorted names of scopes and claims.
    package let dataSet: Digest
    package let at: Instant

    package init(accountID: Identifier<Account>, portalID: String, dataSet: Digest, at: Instant) {
        (self.accountID, self.portalID, self.dataSet, self.at) = (accountID, portalID, dataSet, at)
    }
}
