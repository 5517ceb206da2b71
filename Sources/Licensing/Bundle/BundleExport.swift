import Audit
import JOSE
package import Primitives

/// Makes the one file that a verifier without a network carries.
package struct BundleExport: Sendable {
    private let publisher: StatusListPublisher
    private let register: any LicenseRegister
    private let keys: any SigningKeys
    private let material: any TrustMaterial
    private let issuerURL: String

    package init(
        publisher: StatusListPublisher, register: any LicenseRegister, keys: any SigningKeys,
        material: any TrustMaterial, issuerURL: String
    ) {
        (self.publisher, self.register, self.keys) = (publisher, register, keys)
        (self.material, self.issuerURL) = (material, issuerURL)
    }

    /// The bundle as a compact JWS, with its audit entry: for whoever carries it away.
    ///
    /// - Parameter actor: who asked, for the audit entry.
    /// - Throws: what the register and the keys throw; `StatusListRefusal`.
    @concurrent
    package func bundle(at instant: Instant, actor: String? = nil) async throws -> [UInt8] {
        let (text, lists) = try await signed(at: instant)
        let details = JSONObject([("statusLists", .integer(lists))])
        try await register.append(AuditEntry(.bundleExported, at: instant, actor: actor, details: details))
        return text
    }

    /// The same bundle without an audit entry: for a public address, where reading changes nothing.
    @concurrent
    package func published(at instant: Instant) async throws -> [UInt8] {
        try await signed(at: instant).text
    }

    private func signed(at instant: Instant) async throws -> (text: [UInt8], lists: Int) {
        var tokens: [String] = []
        for list in try await register.statusLists() {
            if let token = try await publisher.token(list: list, at: instant) { tokens.append(token.text) }
        }
        let payload = Bundle.payload(
            issuer: issuerURL, issuedAt: instant.secondsSinceEpoch, anchors: material.anchors,
            certificates: material.certificates, statusTokens: tokens,
            revocationLists: try material.revocationLists(at: instant))
        let header = JSONObject([("typ", .string(Bundle.type))])
        let signer = try keys.authoritySigner(at: instant)
        let text = try JWS.signed(payload: payload, header: header, includesChain: true, by: signer)
        return (Array(text.utf8), tokens.count)
    }
}
