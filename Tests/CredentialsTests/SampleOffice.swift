import JOSE
import OpenSSLCrypto
import Primitives

/// Somebody with a key who signs whatever the tests want signed, attacks included.
enum SampleOffice {
    static let hashing = OpenSSLHashing()
    static let verifier = OpenSSLSignatureVerifier()
    /// Stands for a certificate; nothing here looks into it.
    static let certificate: [UInt8] = [0x30, 0x03, 0x02, 0x01, 0x07]
    private static let key = Result { try PrivateKey.generate(for: .es256) }

    static func signer() throws -> OpenSSLSigner {
        try OpenSSLSigner(key: key.get(), algorithm: .es256, certificateChain: [certificate])
    }

    static func publicKey() throws -> [UInt8] { try key.get().subjectPublicKeyInfo() }

    /// Another office of the kind of key that `algorithm` needs.
    static func stranger(_ algorithm: SignatureAlgorithm) throws -> (signer: OpenSSLSigner, publicKey: [UInt8]) {
        let key = try PrivateKey.generate(for: algorithm)
        let signer = try OpenSSLSigner(key: key, algorithm: algorithm, certificateChain: [certificate])
        return (signer, try key.subjectPublicKeyInfo())
    }

    /// A JWS over `payload` as it stands.
    static func jws(_ payload: String, header: JSONObject) throws -> String {
        try JWS.signed(payload: Array(payload.utf8), header: header, includesChain: false, by: try signer())
    }

    /// `payload` as it stands, then the disclosures, each followed by `~`.
    static func sdJWT(_ payload: String, _ disclosures: [String] = [], type: String = "dc+sd-jwt") throws -> String {
        let jws = try jws(payload, header: JSONObject([("typ", .string(type))]))
        return ([jws] + disclosures).map { $0 + "~" }.joined()
    }

    /// The disclosure whose JSON is `text`.
    static func disclosure(_ text: String) -> String { Base64.encodeURL(Array(text.utf8)) }

    static func digest(_ disclosure: String, _ algorithm: HashAlgorithm = .sha256) -> String {
        Base64.encodeURL(hashing.hash(algorithm, [Array(disclosure.utf8)[...]]))
    }
}
