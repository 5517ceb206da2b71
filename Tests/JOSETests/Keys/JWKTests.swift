import JOSE
import OpenSSLCrypto
import Primitives
import Testing

struct JWKTests {
    private let hashing = OpenSSLHashing()

    private static func object(_ text: String) throws -> JSONObject {
        try JSONReader.read(text).object ?? JSONObject()
    }

    private func refusal(of text: String) throws -> String? {
        do {
            _ = try JWK(reading: try JWKTests.object(text))
            return nil
        } catch let fault as JWKFault {
            return fault.reason
        }
    }

    @Test func `RFC 7638 3.1 has its thumbprint, whatever else stands in the key`() throws {
        let key = try JWK(
            reading: JSONObject([
                ("kty", "RSA"), ("n", .string(JOSEVectors.thumbprintModulus)), ("e", "AQAB"), ("alg", "RS256"),
                ("kid", "2011-04-29"),
            ]))
        #expect(key.thumbprint(hashing: hashing) == JOSEVectors.thumbprint)
        #expect(key.algorithm == .rs256)
        #expect(key.keyID == "2011-04-29")
    }

    @Test func `RFC 8037 A.3 has its thumbprint`() throws {
        let key = try JWK(
            reading: JSONObject([("kty", "OKP"), ("crv", "Ed25519"), ("x", .string(JOSEVectors.eddsaX))]))
        #expect(key.thumbprint(hashing: hashing) == JOSEVectors.eddsaThumbprint)
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `a key goes to JSON and back to the same bytes`(algorithm: SignatureAlgorithm) throws {
        let der = try SampleKeys.publicKey(algorithm)
        let key = try #require(JWK(subjectPublicKeyInfo: der, algorithm: algorithm, keyID: "one"))
        #expect(key.subjectPublicKeyInfo == der)
        let again = try JWK(reading: key.object)
        #expect(again == key)
        #expect(again.subjectPublicKeyInfo == der)
        #expect(key.object["use"] == "sig" && key.object["alg"] == .string(algorithm.rawValue))
    }

    @Test func `an algorithm that does not fit the key is refused`() throws {
        for (made, asked) in [(SignatureAlgorithm.es256, SignatureAlgorithm.es384), (.rs256, .es256), (.eddsa, .rs256)]
        {
            let der = try SampleKeys.publicKey(made)
            #expect(JWK(subjectPublicKeyInfo: der, algorithm: asked) == nil)
            #expect(!asked.fits(publicKey: der))
            var object = try #require(JWK(subjectPublicKeyInfo: der)).object
            object["alg"] = .string(asked.rawValue)
            #expect(throws: JWKFault.self) { try JWK(reading: object) }
        }
    }

    @Test(arguments: [
        (#"{}"#, "no kind"),
        (#"{"kty":"oct","x":"AA"}"#, "no kind"),
        (#"{"kty":"oct","k":"AA"}"#, "private"),
        (#"{"kty":"EC","crv":"P-256","d":"AA"}"#, "private"),
        (#"{"kty":"RSA","p":"AA"}"#, "private"),
        (#"{"kty":"EC","crv":"P-256","use":"enc"}"#, "not for signatures"),
        (#"{"kty":"EC","crv":"P-521","x":"AA","y":"AA"}"#, "curve"),
        (#"{"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"}"#, "curve"),
        (#"{"kty":"EC","crv":"P-256","x":"AA"}"#, "\"y\" is missing"),
        (#"{"kty":"EC","crv":"P-256","x":"AA","y":"AB"}"#, "not base64url"),
        (#"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#, "not as long"),
        (#"{"kty":"OKP","crv":"X25519","x":"AA"}"#, "curve"),
        (#"{"kty":"OKP","crv":"Ed25519","x":"AA"}"#, "32 bytes"),
        (#"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#, "under 2048"),
        (#"{"kty":"EC","crv":"P-256","x":1,"y":2}"#, "missing"),
    ])
    func `a key that is not one to sign licenses with is refused`(text: String, reason expected: String) throws {
        let reason = try #require(try refusal(of: text))
        #expect(reason.contains(expected), "\(reason)")
    }

    @Test func `unusable RSA numbers are refused`() {
        let good = [UInt8](repeating: 0xFF, count: 256)
        func fits(_ modulus: [UInt8], _ exponent: [UInt8]) -> Bool {
            let members: [(String, JSONValue)] = [
                ("kty", "RSA"), ("n", .string(Base64.encodeURL(modulus))), ("e", .string(Base64.encodeURL(exponent))),
            ]
            return (try? JWK(reading: JSONObject(members))) != nil
        }
        #expect(fits(good, [1, 0, 1]))
        #expect(fits(good, [3]))
        #expect(!fits(good, [1]))
        #expect(!fits(good, [2]))
        #expect(!fits(good, [0, 3]))
        #expect(!fits(good, [1, 0, 0, 0, 1]))
        #expect(!fits([0x7F] + good.dropFirst(), [3]))
        #expect(!fits([0] + good, [3]))
        #expect(!fits([UInt8](repeating: 0xFF, count: 1025), [3]))
    }

    @Test func `malformed and foreign public keys are refused`() throws {
        let der = try SampleKeys.publicKey(.es256)
        #expect(JWK(subjectPublicKeyInfo: []) == nil)
        #expect(JWK(subjectPublicKeyInfo: der + [0]) == nil)
        for count in 0..<der.count { #expect(JWK(subjectPublicKeyInfo: Array(der.prefix(count))) == nil) }
        var compressed = der
        compressed[26] = 2
        #expect(JWK(subjectPublicKeyInfo: compressed) == nil)
        var otherCurve = der
        otherCurve[22] = 1
        #expect(JWK(subjectPublicKeyInfo: otherCurve) == nil)
        #expect(!SignatureAlgorithm.es256.fits(publicKey: otherCurve))
    }
}
