import JOSE
import OpenSSLCrypto
import Primitives
import Testing

struct JWSVectorTests {
    private let verifier = OpenSSLSignatureVerifier()

    private func publicKey(_ members: [(String, JSONValue)]) throws -> [UInt8] {
        try JWK(reading: JSONObject(members)).subjectPublicKeyInfo
    }

    private func rsaKey(_ modulus: String) throws -> [UInt8] {
        try publicKey([("kty", "RSA"), ("n", .string(modulus)), ("e", "AQAB")])
    }

    private func p256Key() throws -> [UInt8] {
        try publicKey([
            ("kty", "EC"), ("crv", "P-256"), ("x", .string(JOSEVectors.es256X)), ("y", .string(JOSEVectors.es256Y)),
        ])
    }

    @Test func `RFC 7515 A.2 verifies with its key`() throws {
        let jws = try JWS(parsing: JOSEVectors.rs256)
        #expect(jws.algorithm == .rs256)
        #expect(jws.payload == Array(JOSEVectors.claims.utf8))
        #expect(jws.certificateChain.isEmpty && jws.type == nil && jws.keyID == nil)
        let key = try rsaKey(JOSEVectors.rs256Modulus)
        #expect(jws.isValid(publicKey: key, algorithm: .rs256, verifier: verifier))
        #expect(jws.isValid(publicKey: key, algorithm: nil, verifier: verifier))
        #expect(!jws.isValid(publicKey: try rsaKey(JOSEVectors.cookbookModulus), algorithm: nil, verifier: verifier))
    }

    @Test func `RFC 7515 A.3 verifies with its key`() throws {
        let jws = try JWS(parsing: JOSEVectors.es256)
        #expect(jws.payload == Array(JOSEVectors.claims.utf8))
        #expect(jws.isValid(publicKey: try p256Key(), algorithm: .es256, verifier: verifier))
        #expect(!jws.isValid(publicKey: try rsaKey(JOSEVectors.rs256Modulus), algorithm: nil, verifier: verifier))
    }

    @Test func `RFC 7515 A.5 without an algorithm is refused`() {
        #expect(throws: JWSFault.self) { try JWS(parsing: JOSEVectors.unsecured) }
    }

    @Test func `RFC 7520 4.1 verifies with its key and tells the key's name`() throws {
        let jws = try JWS(parsing: JOSEVectors.cookbookRS256)
        #expect(jws.keyID == "bilbo.baggins@hobbiton.example")
        #expect(jws.payload == Array(JOSEVectors.cookbookPayload.utf8))
        let key = try rsaKey(JOSEVectors.cookbookModulus)
        #expect(jws.isValid(publicKey: key, algorithm: .rs256, verifier: verifier))
        #expect(!jws.isValid(publicKey: key, algorithm: .ps256, verifier: verifier))
    }

    @Test(arguments: [JOSEVectors.cookbookPS384, JOSEVectors.cookbookES512, JOSEVectors.cookbookHS256])
    func `RFC 7520 examples of other algorithms are refused`(text: String) {
        let fault = #expect(throws: JWSFault.self) { try JWS(parsing: text) }
        #expect(fault?.reason == "the header's algorithm is not one that is accepted")
    }

    @Test func `RFC 8037 A.4 verifies with its key`() throws {
        let jws = try JWS(parsing: JOSEVectors.eddsa)
        let key = try publicKey([("kty", "OKP"), ("crv", "Ed25519"), ("x", .string(JOSEVectors.eddsaX))])
        #expect(jws.payload == Array("Example of Ed25519 signing".utf8))
        #expect(jws.isValid(publicKey: key, algorithm: .eddsa, verifier: verifier))
    }

    @Test func `one changed bit anywhere in a vector breaks it`() throws {
        let key = try p256Key()
        let bytes = Array(JOSEVectors.es256.utf8)
        for index in stride(from: 0, to: bytes.count, by: 7) {
            var changed = bytes
            changed[index] ^= 1
            guard let jws = try? JWS(parsing: String(decoding: changed, as: UTF8.self)) else { continue }
            #expect(!jws.isValid(publicKey: key, algorithm: nil, verifier: verifier), "byte \(index)")
        }
    }
}
