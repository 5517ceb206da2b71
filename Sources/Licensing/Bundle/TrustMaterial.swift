package import Primitives

/// Port: what a verifier without a network needs besides status lists, all DER.
package protocol TrustMaterial: Sendable {
    /// Root certificates of the authority.
    var anchors: [[UInt8]] { get }
    /// Issuing authorities and signers of all generations.
    var certificates: [[UInt8]] { get }
    /// Current certificate revocation lists by name (`root`, `issuing-ca`).
    func revocationLists(at: Instant) throws -> [String: [UInt8]]
}
