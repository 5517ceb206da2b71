import Primitives

/// Proof Key for Code Exchange (RFC 7636 §4.6), S256 only.
enum ProofKey {
    /// Whether `verifier` answers `challenge`. One without the other is refused: a verifier that nobody checks would hide
    /// that the challenge was stripped on its way (RFC 9700 §4.8.2).
    static func isAnswered(challenge: String?, verifier: String?, hashing: any Hashing) -> Bool {
        guard let challenge, let verifier else { return challenge == nil && verifier == nil }
        let bytes = Array(verifier.utf8)
        guard (43...128).contains(bytes.count), bytes.allSatisfy({ TargetURI.isUnreserved($0) }) else { return false }
        return ConstantTime.areEqual(Array(Base64.encodeURL(hashing.sha256(bytes).bytes).utf8), Array(challenge.utf8))
    }
}
