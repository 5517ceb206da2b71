import OpenSSLCrypto
import Primitives

/// A request of a portal for a code, with what the portal must remember of it.
struct AuthorizationAttempt: Sendable {
    /// Parameters of the request.
    var form: Form
    /// PKCE (RFC 7636 §4.1).
    let verifier: String

    init(_ portal: Portal, _ changes: [String: String?] = [:], usesProofKey: Bool? = nil) {
        verifier = AuthorizationAttempt.random()
        form = [
            "client_id": portal.id, "redirect_uri": portal.redirectURI, "response_type": "code",
            "scope": "openid profile", "state": AuthorizationAttempt.random(),
            "nonce": AuthorizationAttempt.random(),
        ]
        if usesProofKey ?? (portal.isPublic || portal.isStrict) {
            form["code_challenge"] = AuthorizationAttempt.challenge(of: verifier)
            form["code_challenge_method"] = "S256"
        }
        form = form.with(changes)
    }

    var state: String? { form["state"] }
    var nonce: String? { form["nonce"] }

    /// 256 bits as text.
    static func random() -> String { Base64.encodeURL(OpenSSLRandomness().bytes(32)) }

    static func challenge(of verifier: String) -> String {
        Base64.encodeURL(OpenSSLHashing().sha256(Array(verifier.utf8)).bytes)
    }
}
