import JOSE
package import Primitives

/// A JWT that this provider signed, its signature checked.
package struct OwnToken: Sendable {
    /// `typ`: one kind of token must never pass for another (RFC 8725 §3.11).
    package enum Kind: String, Hashable, Sendable {
        case idToken = "JWT"
        case accessToken = "at+jwt"
        case logoutToken = "logout+jwt"
    }

    package let claims: JSONObject
    /// Of the key that signed it.
    package let keyID: String

    package var subject: String? { claims["sub"]?.string }
    /// `aud` as a list; it may be written as one string.
    package var audiences: [String] {
        claims["aud"]?.array?.compactMap(\.string) ?? claims["aud"]?.string.map { [$0] } ?? []
    }
    package var expiresAt: Instant? { NumericDate.read(claims["exp"]) }
    package var issuedAt: Instant? { NumericDate.read(claims["iat"]) }
}

extension SignOn {
    /// Reads a token of `kind`: form, type, key, signature and issuer are checked; times and audience are the caller's.
    ///
    /// - Parameter isSignatureKnown: the signature of this very text was checked before.
    /// - Returns: `nil` when any of it is wrong.
    package func ownToken(_ text: String, kind: OwnToken.Kind, isSignatureKnown: Bool = false) -> OwnToken? {
        guard let jws = try? JWS(parsing: text, maximumLength: 16 << 10), jws.type == kind.rawValue,
            let keyID = jws.keyID, let key = keys.publicKey(keyID), let algorithm = key.algorithm,
            isSignatureKnown
                || jws.isValid(publicKey: key.subjectPublicKeyInfo, algorithm: algorithm, verifier: verifier),
            let claims = ownClaims(jws.payload)
        else { return nil }
        return OwnToken(claims: claims, keyID: keyID)
    }

    /// The claims of a payload that names this provider as its issuer.
    private func ownClaims(_ payload: [UInt8]) -> JSONObject? {
        guard let claims = (try? JSONReader.read(payload, maximumDepth: 16))?.object,
            claims["iss"]?.string == directory.issuer
        else { return nil }
        return claims
    }

    /// Signs a token with the active key of `algorithm`.
    ///
    /// - Throws: what keys and signer throw.
    package func signed(
        _ claims: JSONObject, kind: OwnToken.Kind, algorithm: SignatureAlgorithm
    ) throws -> String {
        let key = try keys.active(algorithm)
        let header = JSONObject([("typ", .string(kind.rawValue)), ("kid", .string(key.keyID))])
        return try JWS.signed(
            payload: JSONValue.object(claims).compactBytes, header: header, includesChain: false,
            by: key.signer)
    }
}
