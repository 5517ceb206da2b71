import JOSE
import Primitives

/// A proof that its sender holds a key (RFC 9449 §4.2), its signature checked, its claims not.
struct DPoPProof: Sendable {
    /// What FAPI 2.0 §5.4 allows; enough for everyone.
    static let algorithms: [SignatureAlgorithm] = [.es256, .ps256, .eddsa]
    private static let maximumLength = 8 << 10
    private static let maximumIdentifierLength = 256

    /// RFC 7638, base64url.
    let keyThumbprint: String
    /// `jti`.
    let identifier: String
    let method: String
    let uri: String
    let issuedAt: Instant
    let nonce: String?
    /// `ath`.
    let tokenHash: String?

    init(parsing text: String, verifier: any SignatureVerifier, hashing: any Hashing) throws(DPoPFault) {
        guard let jws = try? JWS(parsing: text, maximumLength: DPoPProof.maximumLength, bringsKey: true) else {
            throw .malformed
        }
        guard jws.type == "dpop+jwt" else { throw .type }
        guard DPoPProof.algorithms.contains(jws.algorithm) else { throw .algorithm }
        guard let object = jws.header["jwk"]?.object, let key = try? JWK(reading: object),
            key.algorithm ?? jws.algorithm == jws.algorithm
        else { throw .key }
        guard
            jws.isValid(publicKey: key.subjectPublicKeyInfo, algorithm: jws.algorithm, verifier: verifier)
        else { throw .signature }
        guard let claims = (try? JSONReader.read(jws.payload, maximumDepth: 8))?.object,
            let identifier = claims["jti"]?.string, !identifier.isEmpty,
            identifier.utf8.count <= DPoPProof.maximumIdentifierLength,
            let method = claims["htm"]?.string, let uri = claims["htu"]?.string,
            let issuedAt = NumericDate.read(claims["iat"])
        else { throw .malformed }
        for name in ["nonce", "ath"] where claims[name] != nil && claims[name]?.string == nil { throw .malformed }
        keyThumbprint = key.thumbprint(hashing: hashing)
        (self.identifier, self.method, self.uri, self.issuedAt) = (identifier, method, uri, issuedAt)
        (nonce, tokenHash) = (claims["nonce"]?.string, claims["ath"]?.string)
    }
}
