import JOSE
package import Primitives

extension StatusListToken {
    /// Makes a token of type `statuslist+jwt` with the signer's certificates in `x5c`.
    ///
    /// - Parameters:
    ///   - timeToLive: seconds; left out unless positive.
    ///   - extraClaims: further claims; a registered name among them is ignored.
    /// - Throws: what the signer throws.
    package static func signed(
        _ list: StatusList, subject: String, issuedAt: Instant, expiresAt: Instant, timeToLive: Int,
        extraClaims: JSONObject, by signer: any Signer
    ) throws -> String {
        var claims = JSONObject([
            ("sub", .string(subject)), ("iat", NumericDate.value(issuedAt)), ("exp", NumericDate.value(expiresAt)),
        ])
        if timeToLive > 0 { claims["ttl"] = .integer(timeToLive) }
        claims["status_list"] = .object(
            JSONObject([("bits", .integer(list.bits)), ("lst", .string(list.encoded))]))
        for (name, value) in extraClaims.members where !registeredClaims.contains(name) { claims[name] = value }
        return try JWS.signed(
            payload: JSONValue.object(claims).compactBytes, header: JSONObject([("typ", .string(type))]),
            includesChain: true, by: signer)
    }
}
