import JOSE
import OpenSSLCrypto
import Primitives
import Testing

struct JWSSigningTests {
    private let verifier = OpenSSLSignatureVerifier()
    private let payload = Array(#"{"number":"1.2.156"}"#.utf8)

    private func signed(_ algorithm: SignatureAlgorithm) throws -> JWS {
        try JWS(
            parsing: try JWS.signed(
                payload: payload, header: JSONObject([("typ", "test+jwt")]), includesChain: false,
                by: try SampleKeys.signer(algorithm)))
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func `what is signed reads back and verifies`(algorithm: SignatureAlgorithm) throws {
        let jws = try signed(algorithm)
        let key = try SampleKeys.publicKey(algorithm)
        #expect(jws.payload == payload)
        #expect(jws.header.names == ["alg", "typ"])
        #expect(jws.algorithm == algorithm)
        #expect(jws.isValid(publicKey: key, algorithm: algorithm, verifier: verifier))
        #expect(jws.isValid(publicKey: key, algorithm: nil, verifier: verifier))
    }

    @Test(arguments: SignatureAlgorithm.allCases, SignatureAlgorithm.allCases)
    func `a signature holds under its own key and algorithm only`(
        made: SignatureAlgorithm, asked: SignatureAlgorithm
    ) throws {
        let jws = try signed(made)
        let key = try SampleKeys.publicKey(asked)
        #expect(jws.isValid(publicKey: key, algorithm: asked, verifier: verifier) == (made == asked))
        #expect(jws.isValid(publicKey: key, algorithm: nil, verifier: verifier) == (made == asked))
    }

    @Test func `the same RSA key does not take one padding for the other`() throws {
        let jws = try signed(.rs256)
        let key = try SampleKeys.publicKey(.rs256)
        #expect(!jws.isValid(publicKey: key, algorithm: .ps256, verifier: verifier))
        let signature = jws.text.split(separator: ".").last.map { String($0) } ?? ""
        let header = Base64.encodeURL(Array(#"{"alg":"PS256"}"#.utf8))
        let forged = try JWS(parsing: header + "." + Base64.encodeURL(payload) + "." + signature)
        #expect(!forged.isValid(publicKey: key, algorithm: nil, verifier: verifier))
    }

    @Test func `a signature that says ES256 is refused under a P-384 key`() throws {
        let signer = try SampleKeys.signer(.es384)
        let header = Base64.encodeURL(Array(#"{"alg":"ES256"}"#.utf8))
        let value = try signer.signature(over: Array((header + "." + Base64.encodeURL(payload)).utf8))
        let long = try #require(ECDSAForm.jose(der: value, algorithm: .es384))
        let forged = try JWS(parsing: "\(header).\(Base64.encodeURL(payload)).\(Base64.encodeURL(long))")
        #expect(!forged.isValid(publicKey: try SampleKeys.publicKey(.es384), algorithm: nil, verifier: verifier))
    }

    @Test func `a DER signature in the place of R and S is refused`() throws {
        let signer = try SampleKeys.signer(.es256)
        let header = Base64.encodeURL(Array(#"{"alg":"ES256"}"#.utf8))
        let input = header + "." + Base64.encodeURL(payload)
        let forged = try JWS(parsing: input + "." + Base64.encodeURL(try signer.signature(over: Array(input.utf8))))
        #expect(!forged.isValid(publicKey: try SampleKeys.publicKey(.es256), algorithm: nil, verifier: verifier))
    }

    @Test func `a signature of zeros is refused`() throws {
        let header = Base64.encodeURL(Array(#"{"alg":"ES256"}"#.utf8))
        let zeros = Base64.encodeURL([UInt8](repeating: 0, count: 64))
        let forged = try JWS(parsing: header + "." + Base64.encodeURL(payload) + "." + zeros)
        #expect(!forged.isValid(publicKey: try SampleKeys.publicKey(.es256), algorithm: nil, verifier: verifier))
    }

    @Test func `a payload exchanged under the signature is noticed`() throws {
        var parts = try signed(.es256).text.split(separator: ".").map { String($0) }
        parts[1] = Base64.encodeURL(Array(#"{"number":"1.2.157"}"#.utf8))
        let forged = try JWS(parsing: parts.joined(separator: "."))
        #expect(!forged.isValid(publicKey: try SampleKeys.publicKey(.es256), algorithm: nil, verifier: verifier))
    }

    @Test func `the chain goes into x5c and a signer without one is refused`() throws {
        let key = try PrivateKey.generate(for: .es256)
        let text = try JWS.signed(
            payload: payload, header: JSONObject([("alg", "none"), ("kid", "a")]), includesChain: true,
            by: try SampleKeys.signer(.es256))
        let jws = try JWS(parsing: text)
        #expect(jws.certificateChain == SampleKeys.chain)
        #expect(jws.header.names == ["alg", "kid", "x5c"])
        #expect(jws.algorithm == .es256)
        #expect(throws: JWSFault.self) {
            try JWS.signed(
                payload: payload, header: JSONObject(), includesChain: true,
                by: try OpenSSLSigner(key: key, algorithm: .es256))
        }
    }
}
