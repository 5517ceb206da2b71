import JOSE
package import Primitives

extension SDJWT {
    /// Makes an SD-JWT VC: the issuer's part with every disclosure, ending in `~`; type `dc+sd-jwt`, certificates in `x5c`.
    ///
    /// - Parameters:
    ///   - claims: with `vct`, and without the reserved names.
    ///   - disclosable: paths into `claims` of what a holder may withhold; one may lie inside another.
    /// - Throws: `SDJWTFault` for a path that leads nowhere or to a claim that is always shown; what the signer throws.
    package static func signed(
        claims: JSONObject, disclosable: [[ClaimPathStep]], hashing: any Hashing, randomness: any Randomness,
        by signer: any Signer
    ) throws -> String {
        guard let type = claims["vct"]?.string, !type.isEmpty else { throw SDJWTFault(reason: "\"vct\" is missing") }
        for path in disclosable {
            guard case .member(let name) = path.first else { throw SDJWTFault(reason: "a path names no claim") }
            guard !alwaysShown.contains(name) else {
                throw SDJWTFault(reason: "\"\(name)\" may not be selectively disclosable")
            }
        }
        var concealer = ClaimConcealer(disclosable: Set(disclosable), hashing: hashing, randomness: randomness)
        var payload = try concealer.conceal(claims)
        let disclosures = try concealer.finish()
        if !disclosures.isEmpty { payload["_sd_alg"] = "sha-256" }
        let jws = try JWS.signed(
            payload: JSONValue.object(payload).compactBytes,
            header: JSONObject([("typ", .string(credentialType))]), includesChain: true, by: signer)
        return ([jws] + disclosures).map { $0 + "~" }.joined()
    }
}
