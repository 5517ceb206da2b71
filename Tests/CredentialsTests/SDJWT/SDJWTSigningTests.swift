import Credentials
import JOSE
import OpenSSLCrypto
import Primitives
import Testing

struct SDJWTSigningTests {
    private static let claims = JSONObject([
        ("iss", "http://localhost:8080"), ("vct", "urn:chancery:license-type:x"), ("number", "1.2.156"),
        ("holders", [["name": "王芳", "idType": "111", "id": "11010519491231002X"], ["name": "李雷", "idType": "111"]]),
        ("fields", ["residence": "示例路1号", "capital": 12]), ("exp", 1_900_000_000), ("nbf", 1_700_000_000),
    ])
    private static let disclosable: [[ClaimPathStep]] = [
        [.member("holders"), .element(0)], [.member("holders"), .element(0), .member("name")],
        [.member("holders"), .element(0), .member("id")], [.member("holders"), .element(1), .member("name")],
        [.member("fields"), .member("residence")],
    ]

    private func signed(
        _ claims: JSONObject = SDJWTSigningTests.claims, _ paths: [[ClaimPathStep]] = SDJWTSigningTests.disclosable
    ) throws -> String {
        try SDJWT.signed(
            claims: claims, disclosable: paths, hashing: SampleOffice.hashing, randomness: OpenSSLRandomness(),
            by: try SampleOffice.signer())
    }

    private func read(_ text: String) throws -> SDJWT { try SDJWT(parsing: text, hashing: SampleOffice.hashing) }

    @Test func `what is issued reads back with every claim`() throws {
        let text = try signed()
        let credential = try read(text)
        #expect(text.hasSuffix("~"))
        #expect(credential.textWithoutKeyBinding == text)
        #expect(credential.claims.count == SDJWTSigningTests.claims.count)
        let holder = try #require(credential.claims["holders"]?.array?.first)
        #expect(holder["idType"] == "111" && holder["name"] == "王芳" && holder["id"] == "11010519491231002X")
        #expect(credential.claims["fields"]?["residence"] == "示例路1号")
        #expect(credential.claims["fields"]?["capital"] == 12)
        #expect(Set(credential.disclosedPaths) == Set(SDJWTSigningTests.disclosable))
        #expect(credential.jws.type == "dc+sd-jwt")
        #expect(credential.jws.certificateChain == [SampleOffice.certificate])
        #expect(
            credential.jws.isValid(
                publicKey: try SampleOffice.publicKey(), algorithm: .es256, verifier: SampleOffice.verifier))
    }

    @Test func `the signed part tells nothing of what is disclosable`() throws {
        let payload = String(decoding: try read(try signed()).jws.payload, as: UTF8.self)
        for hidden in ["王芳", "李雷", "11010519491231002X", "residence", "示例路", "idType\":\"111\",\"name"] {
            #expect(!payload.contains(hidden))
        }
        #expect(payload.contains(#""_sd_alg":"sha-256""#))
    }

    @Test func `salts are 128 bit and never the same`() throws {
        var salts: Set<String> = []
        for _ in 0..<20 {
            for disclosure in try read(try signed()).disclosures {
                let parts = try JSONReader.read(try #require(Base64.decodeURL(disclosure))).array
                let salt = try #require(parts?.first?.string)
                #expect(Base64.decodeURL(salt)?.count == 16)
                #expect(salts.insert(salt).inserted)
            }
        }
        #expect(salts.count == 100)
    }

    @Test func `digests stand sorted, so that their order tells nothing`() throws {
        let payload = try JSONReader.read(try read(try signed()).jws.payload)
        let digests = payload["holders"]?.array?.compactMap { $0["_sd"]?.array?.compactMap(\.string) }.first ?? []
        #expect(!digests.isEmpty)
        #expect(digests == digests.sorted())
    }

    @Test func `a holder shows one claim and keeps the others`() throws {
        let credential = try read(try signed())
        let path: [ClaimPathStep] = [.member("holders"), .element(0), .member("name")]
        let shown = try read(credential.presenting(only: [path]))
        #expect(shown.claims["holders"]?.array?.first == ["idType": "111", "name": "王芳"])
        #expect(shown.claims["holders"]?.array?.last == ["idType": "111"])
        #expect(shown.claims["fields"] == ["capital": 12])
        let none = try read(credential.withoutDisclosures())
        #expect(none.claims["holders"] == [["idType": "111"]])
        #expect(none.disclosures.isEmpty)
    }

    @Test func `without disclosable claims there is no _sd_alg`() throws {
        let credential = try read(try signed(SDJWTSigningTests.claims, []))
        #expect(credential.claims == SDJWTSigningTests.claims)
        #expect(!String(decoding: credential.jws.payload, as: UTF8.self).contains("_sd"))
    }

    @Test(
        arguments: [
            [[.member("nowhere")]],
            [[.member("holders"), .element(9)]],
            [[.member("number"), .member("inside")]],
            [[.member("iss")]], [[.member("vct")]], [[.member("exp")]], [[.member("nbf")]],
            [[]],
            [[.element(0)]],
        ] as [[[ClaimPathStep]]])
    func `a path that leads nowhere or to a claim always shown is refused`(paths: [[ClaimPathStep]]) {
        #expect(throws: SDJWTFault.self) { try signed(SDJWTSigningTests.claims, paths) }
    }

    @Test func `reserved names and a missing type are refused`() {
        for name in ["_sd", "...", "_sd_alg"] {
            #expect(throws: SDJWTFault.self) { try signed(JSONObject([("vct", "v"), (name, "x")]), []) }
            #expect(throws: SDJWTFault.self) {
                try signed(JSONObject([("vct", "v"), ("a", [name: 1] as JSONValue)]), [])
            }
        }
        #expect(throws: SDJWTFault.self) { try signed(JSONObject([("number", "1")]), []) }
    }

    @Test func `the time of a credential ends where it says`() throws {
        let credential = try read(try signed())
        func isCurrent(_ seconds: Int64) -> Bool {
            credential.isCurrent(at: Instant(secondsSinceEpoch: seconds))
        }
        #expect(isCurrent(1_700_000_000) && isCurrent(1_899_999_999))
        #expect(!isCurrent(1_699_999_999) && !isCurrent(1_900_000_000))
    }

    @Test func `other hashes of _sd_alg are read`() throws {
        let disclosure = SampleOffice.disclosure(#"["c2FsdA","name","Max"]"#)
        for (name, algorithm) in [("sha-384", HashAlgorithm.sha384), ("sha-512", .sha512)] {
            let digest = SampleOffice.digest(disclosure, algorithm)
            let text = try SampleOffice.sdJWT(#"{"vct":"v","_sd_alg":"\#(name)","_sd":["\#(digest)"]}"#, [disclosure])
            #expect(try read(text).claims["name"] == "Max")
        }
    }

    @Test func `a key binding is kept apart and its type is checked`() throws {
        let text = try signed()
        let binding = try SampleOffice.jws(#"{"aud":"v","nonce":"n","iat":1}"#, header: JSONObject([("typ", "kb+jwt")]))
        let credential = try read(text + binding)
        #expect(credential.keyBinding == binding)
        #expect(credential.textWithoutKeyBinding == text)
        #expect(credential.withoutDisclosures() == credential.jws.text + "~")
        let other = try SampleOffice.jws("{}", header: JSONObject([("typ", "JWT")]))
        #expect(throws: SDJWTFault.self) { try read(text + other) }
    }
}
