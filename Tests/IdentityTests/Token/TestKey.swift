import JOSE
import OpenSSLCrypto
import Primitives

/// A key pair of somebody else: a portal, or an attacker.
struct TestKey: Sendable {
    let published: JWK
    let signer: OpenSSLSigner

    init(_ algorithm: SignatureAlgorithm, keyID: String? = nil) {
        guard let key = try? PrivateKey.generate(for: algorithm), let info = try? key.subjectPublicKeyInfo(),
            let published = JWK(subjectPublicKeyInfo: info, algorithm: algorithm, keyID: keyID),
            let signer = try? OpenSSLSigner(key: key, algorithm: algorithm)
        else { preconditionFailure("no key could be made") }
        (self.published, self.signer) = (published, signer)
    }

    var thumbprint: String { published.thumbprint(hashing: OpenSSLHashing()) }

    func jwt(_ claims: JSONObject, header: JSONObject? = nil) -> String {
        let standard = JSONObject([("typ", "JWT")] + (published.keyID.map { [("kid", .string($0))] } ?? []))
        let text = try? JWS.signed(
            payload: Array(JSONValue.object(claims).compactText.utf8), header: header ?? standard,
            includesChain: false, by: signer)
        return text ?? ""
    }
}

extension JWK {
    /// Without `use`, `alg` and `kid`, as proofs carry it.
    var bare: JSONObject {
        JSONObject(object.members.filter { !["use", "alg", "kid"].contains($0.name) }.map { ($0.name, $0.value) })
    }
}

extension JSONObject {
    /// The claims of a compact JWT, unchecked.
    init(claimsOf text: String?) {
        let jws = text.flatMap { try? JWS(parsing: $0) }
        self = jws.flatMap { (try? JSONReader.read($0.payload))?.object } ?? JSONObject()
    }
}
