/// All a verifier was given besides the document. Nothing here is trusted but `anchors`.
package struct VerificationMaterial: Sendable {
    /// CA certificates the person trusts, DER.
    package var anchors: [[UInt8]] = []
    /// Certificates that may fill a path or name a QR signer, DER; not trusted by themselves.
    package var certificates: [[UInt8]] = []
    /// Status-list tokens, compact JWTs.
    package var statusTokens: [String] = []
    /// Certificate revocation lists, DER.
    package var revocationLists: [[UInt8]] = []

    package init() {}

    package mutating func merge(_ other: VerificationMaterial) {
        anchors += other.anchors
        certificates += other.certificates
        statusTokens += other.statusTokens
        revocationLists += other.revocationLists
    }
}
