package import Primitives

/// Port: who was told of what, or agreed to it. Written with the grant (`NewGrant`).
package protocol NoticeBook: Sendable {
    func isAcknowledged(
        account: Identifier<Account>, portalID: String, dataSet: Digest
    ) async throws -> Bool
}
