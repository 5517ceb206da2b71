import Identity
import JOSE
import OpenSSLCrypto
import Primitives
import Testing

@Suite struct IDTokenTests {
    @Test func `an ID token says who, how and when`() async throws {
        let desk = try await TokenDesk()
        let answer = try await desk.tokens("citizen")
        let claims = JSONObject(claimsOf: answer["id_token"]?.string)
        #expect(claims["iss"]?.string == TestDesk.issuer)
        #expect(claims["aud"] == "citizen" && claims["azp"] == "citizen")
        #expect(claims["nonce"] == "n-0S6")
        #expect(claims["acr"] == "substantial" && claims["amr"] == ["pwd", "otp", "mfa"])
        #expect(claims["auth_time"]?.integer == desk.session.level.at.secondsSinceEpoch)
        let portal = try #require(desk.signOn.directory["citizen"])
        #expect(claims["sid"]?.string == desk.signOn.sessionName(of: desk.session.id, for: portal))
        #expect(claims["exp"]?.integer == desk.now.secondsSinceEpoch + 600)
        #expect(claims["name"] == nil)
    }

    @Test(arguments: [("citizen", HashAlgorithm.sha256, 16), ("pss", .sha256, 16), ("edwards", .sha512, 32)])
    func `at_hash is the left half of the access token's hash, by the hash of the signature`(
        id: String, algorithm: HashAlgorithm, half: Int
    ) async throws {
        let desk = try await TokenDesk()
        let answer = try await desk.tokens(id)
        let token = Array((answer["access_token"]?.string ?? "").utf8)
        let hash = OpenSSLHashing().hash(algorithm, [token[...]])
        let claims = JSONObject(claimsOf: answer["id_token"]?.string)
        #expect(claims["at_hash"]?.string == Base64.encodeURL(Array(hash.prefix(half))))
    }

    @Test(arguments: [("citizen", SignatureAlgorithm.es256), ("rsa", .rs256), ("pss", .ps256), ("edwards", .eddsa)])
    func `the algorithm is the portal's, and the signature by a published key`(
        id: String, algorithm: SignatureAlgorithm
    ) async throws {
        let desk = try await TokenDesk()
        let answer = try await desk.tokens(id)
        let jws = try JWS(parsing: answer["id_token"]?.string ?? "")
        let published = desk.signOn.keys.published().filter { $0.keyID == jws.keyID }
        let key = try #require(published.first)
        #expect(published.count == 1 && key.algorithm == algorithm)
        #expect(jws.algorithm == algorithm && jws.type == "JWT")
        #expect(
            jws.isValid(
                publicKey: key.subjectPublicKeyInfo, algorithm: algorithm, verifier: OpenSSLSignatureVerifier()))
        #expect(try JWS(parsing: answer["access_token"]?.string ?? "").algorithm == .es256)
    }

    @Test func `without openid there is no ID token`() async throws {
        let desk = try await TokenDesk()
        #expect(try await desk.tokens("citizen", scopes: ["profile"])["id_token"] == nil)
    }

    @Test func `claims that were asked for are in it and cannot replace its own`() async throws {
        let desk = try await TokenDesk()
        let request = try #require(
            ClaimsRequest(parsing: #"{"id_token":{"name":null,"acr":{"value":"high"},"sub":null,"aud":null}}"#))
        let code = try await desk.code(for: "citizen", claims: request)
        let answer = try await desk.redeem(desk.request("citizen", TokenDesk.redemption(of: code)))
        let claims = JSONObject(claimsOf: answer["id_token"]?.string)
        #expect(claims["name"] == "王小明" && claims["acr"] == "substantial" && claims["aud"] == "citizen")
    }
}

@Suite struct AccessTokenTests {
    @Test func `an access token is of its own type, signed with ES256 by a published key`() async throws {
        let desk = try await TokenDesk()
        let text = try await desk.tokens("citizen")["access_token"]?.string ?? ""
        let jws = try JWS(parsing: text)
        #expect(jws.type == "at+jwt" && jws.algorithm == .es256)
        #expect(desk.signOn.ownToken(text, kind: .accessToken) != nil)
        #expect(desk.signOn.ownToken(text, kind: .idToken) == nil)
    }

    @Test func `two tokens never have the same jti`() async throws {
        let desk = try await TokenDesk()
        let form: [String: String?] = ["grant_type": "client_credentials"]
        var seen: Set<String?> = []
        for _ in 0..<20 {
            let answer = try await desk.redeem(desk.request("system", form))
            seen.insert(JSONObject(claimsOf: answer["access_token"]?.string)["jti"]?.string)
        }
        #expect(seen.count == 20 && !seen.contains(nil))
    }
}
