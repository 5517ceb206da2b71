package import Primitives

/// Port: the keys that sign in the state's name.
package protocol SigningKeys: Sendable {
    /// The current document signer of a department.
    func documentSigner(department: String, at: Instant) throws -> any Signer
    /// The authority's own signer, for bundles.
    func authoritySigner(at: Instant) throws -> any Signer
    /// The time-stamp key.
    func timeStampSigner(at: Instant) throws -> any Signer
}
