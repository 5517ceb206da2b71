package import JOSE
package import Primitives

/// An SD-JWT (RFC 9901) whose digests are resolved; its signature is not verified.
package struct SDJWT: Sendable {
    /// The type of an SD-JWT VC (draft-ietf-oauth-sd-jwt-vc §3.2.1).
    package static let credentialType = "dc+sd-jwt"
    /// Claims nobody may withhold (draft-ietf-oauth-sd-jwt-vc §3.2.2.2).
    static let alwaysShown: Set<String> = ["iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"]
    /// Names with a meaning of their own (RFC 9901 §4.1.1, §4.2.4).
    static let reservedNames: Set<String> = ["_sd", "...", "_sd_alg"]

    /// The issuer-signed JWT.
    package let jws: JWS
    /// The claims with disclosures put in place; `_sd`, `_sd_alg` and `...` are gone.
    package let claims: JSONObject
    /// As written, in their order.
    package let disclosures: [String]
    /// Where in `claims` the disclosure of the same position stands. Elements count those disclosed only.
    package let disclosedPaths: [[ClaimPathStep]]
    /// The compact key-binding JWT: of type `kb+jwt`, otherwise unchecked.
    package let keyBinding: String?

    /// The text without key binding: what was issued, less what was withheld. Its hash is `sd_hash` (RFC 9901 §4.3.1).
    package var textWithoutKeyBinding: String { SDJWT.text(jws, disclosures) }

    /// The text with only those disclosures kept that stand at `paths`, and those they stand in.
    package func presenting(only paths: [[ClaimPathStep]]) -> String {
        let kept = zip(disclosures, disclosedPaths).filter { _, path in paths.contains { $0.starts(with: path) } }
        return SDJWT.text(jws, kept.map { $0.0 })
    }

    /// The text that discloses nothing.
    package func withoutDisclosures() -> String { SDJWT.text(jws, []) }

    private static func text(_ jws: JWS, _ disclosures: [String]) -> String {
        ([jws.text] + disclosures).map { $0 + "~" }.joined()
    }
}
