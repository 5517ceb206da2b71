package import Primitives

/// Why a JSON object is not a public key that Chancery accepts.
package struct JWKFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let reason: String

    package var description: String { reason }
}

/// A public key as JSON (RFC 7517; kinds of RFC 7518 §6 and RFC 8037 §2). It never holds a private one.
package struct JWK: Hashable, Sendable {
    package enum Curve: String, Hashable, Sendable {
        case p256 = "P-256"
        case p384 = "P-384"

        /// Bytes of one coordinate.
        var coordinateLength: Int { self == .p256 ? 32 : 48 }
    }

    package enum Key: Hashable, Sendable {
        /// Both coordinates as long as the curve's field.
        case elliptic(Curve, x: [UInt8], y: [UInt8])
        /// Big-endian without leading zeros.
        case rsa(modulus: [UInt8], exponent: [UInt8])
        /// 32 bytes.
        case ed25519([UInt8])
    }

    package let key: Key
    /// What the key is for, where its owner says so.
    package let algorithm: SignatureAlgorithm?
    package let keyID: String?

    package init(_ key: Key, algorithm: SignatureAlgorithm? = nil, keyID: String? = nil) {
        (self.key, self.algorithm, self.keyID) = (key, algorithm, keyID)
    }

    /// The members a thumbprint is made of, in its order (RFC 7638 §3.2, RFC 8037 §2).
    var requiredMembers: JSONObject {
        switch key {
        case .elliptic(let curve, let x, let y):
            JSONObject([
                ("crv", .string(curve.rawValue)), ("kty", "EC"), ("x", .string(Base64.encodeURL(x))),
                ("y", .string(Base64.encodeURL(y))),
            ])
        case .rsa(let modulus, let exponent):
            JSONObject([
                ("e", .string(Base64.encodeURL(exponent))), ("kty", "RSA"),
                ("n", .string(Base64.encodeURL(modulus))),
            ])
        case .ed25519(let key):
            JSONObject([("crv", "Ed25519"), ("kty", "OKP"), ("x", .string(Base64.encodeURL(key)))])
        }
    }

    /// The key as it is published, for signatures.
    package var object: JSONObject {
        var object = requiredMembers
        object["use"] = "sig"
        object["alg"] = algorithm.map { .string($0.rawValue) }
        object["kid"] = keyID.map { .string($0) }
        return object
    }

    /// The SHA-256 thumbprint (RFC 7638 §3) in base64url.
    package func thumbprint(hashing: any Hashing) -> String {
        let text = JSONValue.object(requiredMembers).compactText
        return Base64.encodeURL(hashing.sha256(Array(text.utf8)).bytes)
    }
}
