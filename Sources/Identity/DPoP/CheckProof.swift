import JOSE
package import Primitives

/// Checks DPoP proofs (RFC 9449 §4.3): one at most, everything it says, and that it was not used before.
package struct CheckProof: Sendable {
    /// Seconds around now for `iat` of a proof without nonce.
    private static let (past, future): (Int64, Int64) = (60, 30)
    /// Seconds before now for `iat` of a proof with a fresh nonce: the nonce says when it was made.
    private static let pastWithNonce: Int64 = 300

    private let signOn: SignOn
    private let nonces: DPoPNonces

    package init(_ signOn: SignOn) {
        (self.signOn, nonces) = (signOn, DPoPNonces(mac: signOn.mac))
    }

    /// For the header `DPoP-Nonce`.
    package func nonce(at instant: Instant) -> String { nonces.current(at: instant) }

    /// The thumbprint of the key that a portal's request proves; `nil` where it has no proof.
    ///
    /// - Throws: `TokenRefusal.proof`, or what ports throw.
    package func thumbprint(of request: TokenRequest) async throws -> String? {
        guard let proof = try unspent(request) else { return nil }
        try await use(proof)
        return proof.keyThumbprint
    }

    /// The proof of a portal's request, right but for whether it was used before; `nil` where it has none.
    func unspent(_ request: TokenRequest) throws(TokenRefusal) -> DPoPProof? {
        guard !request.proofs.isEmpty else { return nil }
        let at = signOn.clock.now()
        let uri = signOn.directory.issuer + request.endpoint.path
        do {
            return try unspent(request.proofs, method: "POST", uri: uri, accessToken: nil, at: at)
        } catch {
            throw .proof(error, nonce: nonce(at: at))
        }
    }

    /// Spends it.
    func use(_ proof: DPoPProof) async throws {
        guard try await spend(proof) else { throw replayed }
    }

    /// For a proof that was used before.
    var replayed: TokenRefusal { .proof(.replayed, nonce: nonce(at: signOn.clock.now())) }

    /// - Parameters:
    ///   - uri: where the request came to, without query.
    ///   - accessToken: which the request brings.
    /// - Throws: `DPoPFault`, or what ports throw.
    func thumbprint(
        of proofs: [String], method: String, uri: String, accessToken: String?, at: Instant
    ) async throws -> String {
        let proof = try unspent(proofs, method: method, uri: uri, accessToken: accessToken, at: at)
        guard try await spend(proof) else { throw DPoPFault.replayed }
        return proof.keyThumbprint
    }

    private func unspent(
        _ proofs: [String], method: String, uri: String, accessToken: String?, at: Instant
    ) throws(DPoPFault) -> DPoPProof {
        guard let text = proofs.first else { throw .missing }
        guard proofs.count == 1 else { throw .several }
        let proof = try DPoPProof(parsing: text, verifier: signOn.verifier, hashing: signOn.hashing)
        guard proof.method == method else { throw .method }
        guard let target = TargetURI(proof.uri), target == TargetURI(uri) else { throw .uri }
        try checkTime(proof, at: at)
        guard proof.tokenHash == accessToken.map({ hash(of: $0) }) || accessToken == nil else {
            throw .tokenHash
        }
        return proof
    }

    private func checkTime(_ proof: DPoPProof, at: Instant) throws(DPoPFault) {
        if let nonce = proof.nonce, !nonces.isFresh(nonce, at: at) { throw .nonce }
        let past = proof.nonce == nil ? CheckProof.past : CheckProof.pastWithNonce
        guard proof.issuedAt >= at.adding(seconds: -past), proof.issuedAt <= at.adding(seconds: CheckProof.future)
        else {
            throw .time
        }
    }

    /// RFC 9449 §4.2, `ath`.
    private func hash(of accessToken: String) -> String {
        Base64.encodeURL(signOn.hashing.sha256(Array(accessToken.utf8)).bytes)
    }

    private func spend(_ proof: DPoPProof) async throws -> Bool {
        let value = oneTimeValue(proof)
        return try await signOn.books.spend(value.kind, value.value, until: value.until)
    }

    /// What may be used once of it (RFC 9449 §11.1).
    func oneTimeValue(_ proof: DPoPProof) -> OneTimeValue {
        let value = signOn.hashing.sha256([
            Array(proof.keyThumbprint.utf8)[...], [0], Array(proof.identifier.utf8)[...],
        ])
        let until = proof.issuedAt.adding(seconds: CheckProof.pastWithNonce + OneTimeKind.slack)
        return OneTimeValue(.dpopProof, value, until: until)
    }
}
