import JOSE
import OpenSSLCrypto
import Primitives

/// A key of a portal: signs assertions and proofs, rightly or wrongly.
struct ClientKey: Sendable {
    let algorithm: SignatureAlgorithm
    let keyID: String?
    private let signer: OpenSSLSigner
    private let publicKey: JWK

    /// - Parameter names: whether the published key says what it is for.
    init(_ algorithm: SignatureAlgorithm, keyID: String? = nil, from key: PrivateKey? = nil) throws {
        let key = try key ?? PrivateKey.generate(for: algorithm)
        guard let publicKey = JWK(subjectPublicKeyInfo: try key.subjectPublicKeyInfo(), keyID: keyID) else {
            throw Misfortune("no public key")
        }
        (self.algorithm, self.keyID, self.publicKey) = (algorithm, keyID, publicKey)
        signer = try OpenSSLSigner(key: key, algorithm: algorithm)
    }

    var jwk: JSONObject { publicKey.object }

    /// RFC 7638.
    var thumbprint: String { publicKey.thumbprint(hashing: OpenSSLHashing()) }

    /// Signs exactly the header and claims that are given.
    func jwt(_ header: JSONObject, _ claims: JSONObject) throws -> String {
        let input = JWTText.encoded(header) + "." + JWTText.encoded(claims)
        let value = algorithm.joseSignature(port: try signer.signature(over: Array(input.utf8))) ?? []
        return input + "." + Base64.encodeURL(value)
    }
}

/// JWTs put together by hand.
enum JWTText {
    static func encoded(_ object: JSONObject) -> String {
        Base64.encodeURL(Array(JSONValue.object(object).compactText.utf8))
    }

    /// With a signature that is no signature.
    static func text(_ header: JSONObject, _ claims: JSONObject, signature: [UInt8]) -> String {
        "\(encoded(header)).\(encoded(claims)).\(Base64.encodeURL(signature))"
    }

    /// The same token without its signature, as `alg: none` (RFC 8725 §2.1).
    static func unsigned(_ token: String) -> String {
        let payload = token.split(separator: ".", omittingEmptySubsequences: false)[1]
        return "\(encoded(JSONObject([("alg", "none"), ("typ", "JWT")]))).\(payload)."
    }
}

/// The keys of the portals; one RSA key for all sites, because making one takes long.
struct ClientKeys: Sendable {
    let first: ClientKey
    let second: ClientKey
    /// The same RSA key, for both of its algorithms.
    let rsa: (ps256: ClientKey, rs256: ClientKey)

    private static let pair = Result { () throws -> (ps256: ClientKey, rs256: ClientKey) in
        let key = try PrivateKey.generate(for: .ps256)
        return (
            try ClientKey(.ps256, keyID: "rsa-1", from: key), try ClientKey(.rs256, keyID: "rsa-1", from: key)
        )
    }

    init() throws {
        first = try ClientKey(.es256, keyID: "first-1")
        second = try ClientKey(.es256, keyID: "second-1")
        rsa = try ClientKeys.pair.get()
    }
}

extension JSONObject {
    /// With other members; `nil` takes one out.
    func with(_ changes: [String: JSONValue?]) -> JSONObject {
        var object = self
        for (name, value) in changes { object[name] = value }
        return object
    }
}
