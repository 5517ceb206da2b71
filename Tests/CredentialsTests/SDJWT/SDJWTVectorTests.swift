import Credentials
import JOSE
import Primitives
import Testing

struct SDJWTVectorTests {
    private func read(_ text: String) throws -> SDJWT {
        try SDJWT(parsing: text, hashing: SampleOffice.hashing, type: "example+sd-jwt")
    }

    private func isSigned(_ credential: SDJWT) throws -> Bool {
        let key = try JWK(
            reading: JSONObject([
                ("kty", "EC"), ("crv", "P-256"), ("x", .string(SDJWTVectors.issuerX)),
                ("y", .string(SDJWTVectors.issuerY)),
            ]))
        return credential.jws.isValid(
            publicKey: key.subjectPublicKeyInfo, algorithm: .es256, verifier: SampleOffice.verifier)
    }

    @Test func `the digest of RFC 9901 4.2.3 is over the base64url text`() throws {
        let disclosure = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
        let digest = "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
        let text = try SampleOffice.sdJWT(#"{"vct":"v","_sd":["\#(digest)"]}"#, [disclosure])
        let credential = try SDJWT(parsing: text, hashing: SampleOffice.hashing)
        #expect(credential.claims == JSONObject([("vct", "v"), ("family_name", "Möbius")]))
        #expect(credential.disclosedPaths == [[.member("family_name")]])
    }

    @Test func `RFC 9901 A.1 gives its processed claims`() throws {
        let credential = try read(SDJWTVectors.simple)
        #expect(try isSigned(credential))
        let expected: JSONValue = [
            "iss": "https://issuer.example.com", "iat": 1_683_000_000, "exp": 1_883_000_000,
            "address": ["region": "港区", "country": "JP"],
        ]
        #expect(JSONValue.object(credential.claims) == expected)
        #expect(
            credential.disclosedPaths == [
                [.member("address"), .member("region")], [.member("address"), .member("country")],
            ])
        #expect(credential.keyBinding == nil)
        #expect(credential.textWithoutKeyBinding == SDJWTVectors.simple)
    }

    @Test func `RFC 9901 A.2 gives its processed claims`() throws {
        let credential = try read(SDJWTVectors.complex)
        #expect(try isSigned(credential))
        let verified: JSONValue = [
            "verification": [
                "trust_framework": "de_aml", "evidence": [["method": "pipp"]], "time": "2012-04-23T18:25Z",
            ],
            "claims": [
                "given_name": "Max", "family_name": "Müller",
                "address": [
                    "locality": "Maxstadt", "postal_code": "12344", "country": "DE",
                    "street_address": "Weidenstraße 22",
                ],
            ],
        ]
        #expect(credential.claims["verified_claims"]?["verification"] == verified["verification"])
        let claims = try #require(credential.claims["verified_claims"]?["claims"]?.object)
        #expect(claims.count == 3)
        for (name, value) in verified["claims"]?.object?.members ?? [] { #expect(claims[name] == value) }
        #expect(credential.claims["_sd"] == nil && credential.claims["_sd_alg"] == nil)
        #expect(credential.disclosures.count == 6)
        #expect(
            credential.disclosedPaths[2] == [
                .member("verified_claims"), .member("verification"), .member("evidence"), .element(0),
                .member("method"),
            ])
    }

    @Test func `a presentation keeps what a shown claim stands in`() throws {
        let credential = try read(SDJWTVectors.complex)
        let text = credential.presenting(only: [credential.disclosedPaths[2]])
        let shown = try read(text)
        #expect(shown.disclosures == [credential.disclosures[1], credential.disclosures[2]])
        #expect(try isSigned(shown))
        let verification = try #require(shown.claims["verified_claims"]?["verification"])
        #expect(verification["evidence"] == [["method": "pipp"]])
        #expect(verification["time"] == nil)
        #expect(shown.claims["verified_claims"]?["claims"] == [:])
    }

    @Test func `nothing shown leaves what was never hidden`() throws {
        let credential = try read(try read(SDJWTVectors.simple).withoutDisclosures())
        #expect(credential.disclosures.isEmpty)
        #expect(credential.claims.names == ["iss", "iat", "exp", "address"])
        #expect(credential.claims["address"] == [:])
        #expect(try isSigned(credential))
    }

    @Test func `the examples have another type than licenses and are refused as such`() {
        #expect(throws: SDJWTFault.self) {
            try SDJWT(parsing: SDJWTVectors.simple, hashing: SampleOffice.hashing)
        }
    }
}
