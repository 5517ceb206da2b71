package import Primitives

/// Port: who was told of what, or agreed to it. Written with the grant (`NewGrant`, `DeviceDecision`).
package protocol NoticeBook: Sendable {
    /// The names of all data of all acknowledgements of this account for this portal.
    ///
    /// - Parameter agreed: only those the person agreed to.
    func acknowledgedData(
        account: Identifier<Account>, portalID: String, agreed: Bool
    ) async throws -> Set<String>
}
