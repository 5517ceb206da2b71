import Identity
import Primitives
import Testing

@Suite struct UserInfoTests {
    @Test func `userinfo tells what the scopes allow`() async throws {
        let desk = try await TokenDesk()
        let answer = try await desk.tokens("citizen", scopes: ["openid", "email"])
        let info = try await desk.userInfo(answer["access_token"]?.string)
        #expect(info["sub"] == JSONObject(claimsOf: answer["id_token"]?.string)["sub"])
        #expect(info["email"] == "wang@example.org" && info["email_verified"] == true)
        #expect(info["name"] == nil && info["phone_number"] == nil)
    }

    @Test func `without openid it tells nothing`() async throws {
        let desk = try await TokenDesk()
        let person = try await desk.tokens("citizen", scopes: ["profile"])["access_token"]?.string
        let service = try await desk.redeem(desk.request("system", ["grant_type": "client_credentials"]))
        for token in [person, service["access_token"]?.string] {
            await #expect(throws: ResourceRefusal.scope("openid")) { try await desk.userInfo(token) }
        }
    }

    @Test func `a token for somebody else opens nothing here`() async throws {
        let desk = try await TokenDesk()
        let token = try await desk.tokens("citizen", resources: ["https://api.example/market"])["access_token"]?.string
        await #expect(throws: ResourceRefusal.token) { try await desk.userInfo(token) }
    }

    @Test func `no other kind of token opens it`() async throws {
        let desk = try await TokenDesk()
        let answer = try await desk.tokens("citizen")
        for token in [answer["id_token"]?.string, answer["refresh_token"]?.string, "nonsense"] {
            await #expect(throws: ResourceRefusal.token) { try await desk.userInfo(token) }
        }
    }

    @Test func `after sign-out it is closed at once`() async throws {
        let desk = try await TokenDesk()
        let token = try await desk.tokens("citizen")["access_token"]?.string
        _ = try await desk.userInfo(token)
        _ = try await desk.desk.books.end(.one(desk.session.id), at: desk.now) { _ in
            EndingEffects(notices: [], entries: [])
        }
        await #expect(throws: ResourceRefusal.token) { try await desk.userInfo(token) }
    }
}

@Suite struct AccessTokensTests {
    private static let uri = TestDesk.issuer + "/v1/licenses"

    private func holder(
        _ desk: TokenDesk, _ header: String?, form: String? = nil, proofs: [String] = [],
        scope: String = "license:issue"
    ) async throws -> TokenHolder {
        try await AccessTokens(desk.signOn, memory: desk.memory).authorize(
            ResourceRequest(
                authorization: header, formToken: form, proofs: proofs, method: "POST", uri: AccessTokensTests.uri),
            scope: scope)
    }

    private func token(_ desk: TokenDesk, key: TestKey? = nil) async throws -> String {
        let request = desk.request(
            "system", ["grant_type": "client_credentials"], proofs: key.map { [desk.proof($0)] } ?? [])
        return try #require(try await desk.redeem(request)["access_token"]?.string)
    }

    @Test func `a service acts in its own department and no other`() async throws {
        let desk = try await TokenDesk()
        let holder = try await holder(desk, "Bearer \(token(desk))")
        #expect(holder.portal.id == "system" && holder.actor == "system" && holder.account == nil)
        #expect(holder.mayAct(in: "market") && !holder.mayAct(in: "tax"))
    }

    @Test func `a person acts only with a role there`() async throws {
        let desk = try await TokenDesk()
        let token = try await desk.tokens("citizen")["access_token"]?.string ?? ""
        let holder = try await holder(desk, "Bearer \(token)", scope: "openid")
        #expect(holder.account?.id == desk.account.id && !holder.mayAct(in: "market"))
    }

    @Test func `a scope that is missing is named`() async throws {
        let desk = try await TokenDesk()
        let token = try await token(desk)
        await #expect(throws: ResourceRefusal.scope("admin")) {
            try await holder(desk, "Bearer \(token)", scope: "admin")
        }
        let answer = ResourceAnswer(.scope("admin"))
        #expect(answer.status == 403 && answer.error == .insufficientScope)
        #expect(answer.challenge.contains(#"scope="admin""#))
    }

    @Test func `nothing presented gets a challenge without an error`() async throws {
        let desk = try await TokenDesk()
        await #expect(throws: ResourceRefusal.missing) { try await holder(desk, nil) }
        await #expect(throws: ResourceRefusal.missing) { try await holder(desk, "Basic abc") }
        let answer = ResourceAnswer(.missing)
        #expect(answer.status == 401 && answer.error == nil && !answer.challenge.contains("error"))
        #expect(answer.challenge.contains("Bearer") && answer.challenge.contains("DPoP algs="))
    }

    @Test func `two tokens at once and broken headers are faults of the request`() async throws {
        let desk = try await TokenDesk()
        let token = try await token(desk)
        await #expect(throws: ResourceRefusal.malformed) { try await holder(desk, "Bearer \(token)", form: token) }
        await #expect(throws: ResourceRefusal.malformed) { try await holder(desk, "Bearer \(token) \(token)") }
        await #expect(throws: ResourceRefusal.malformed) { try await holder(desk, "Bearer") }
        #expect(ResourceAnswer(.malformed).status == 400)
        _ = try await holder(desk, nil, form: token)
    }

    @Test func `a bound token opens only with a proof of its key for this very request`() async throws {
        let desk = try await TokenDesk()
        let (own, other) = (TestKey(.es256), TestKey(.es256))
        let token = try await token(desk, key: own)
        let proof = { (key: TestKey, uri: String, method: String, token: String?) in
            desk.proof(key, uri: uri, method: method, accessToken: token)
        }
        let uri = AccessTokensTests.uri
        let good = proof(own, uri, "POST", token)
        _ = try await holder(desk, "DPoP \(token)", proofs: [good])
        let cases: [(String, DPoPFault)] = [
            (good, .replayed), (proof(other, uri, "POST", token), .binding), (proof(own, uri, "GET", token), .method),
            (proof(own, uri + "/x", "POST", token), .uri), (proof(own, uri, "POST", nil), .tokenHash),
            (proof(own, uri, "POST", "other"), .tokenHash),
        ]
        let nonce = CheckProof(desk.signOn).nonce(at: desk.now)
        for (proof, fault) in cases {
            await #expect(throws: ResourceRefusal.proof(fault, nonce: nonce)) {
                try await holder(desk, "DPoP \(token)", proofs: [proof])
            }
        }
        await #expect(throws: ResourceRefusal.proof(.missing, nonce: nonce)) { try await holder(desk, "DPoP \(token)") }
    }

    @Test func `a bound token is no bearer token, and the other way round`() async throws {
        let desk = try await TokenDesk()
        let key = TestKey(.es256)
        let (bound, bearer) = (try await token(desk, key: key), try await token(desk))
        await #expect(throws: ResourceRefusal.scheme) { try await holder(desk, "Bearer \(bound)") }
        let proof = desk.proof(key, uri: AccessTokensTests.uri, accessToken: bearer)
        await #expect(throws: ResourceRefusal.scheme) { try await holder(desk, "DPoP \(bearer)", proofs: [proof]) }
        await #expect(throws: ResourceRefusal.scheme) { try await holder(desk, nil, form: bound) }
    }

    @Test func `a proof leaves no row unless its token is ours`() async throws {
        let desk = try await TokenDesk()
        let key = TestKey(.es256)
        let proof = desk.proof(key, uri: AccessTokensTests.uri, accessToken: "nonsense")
        await #expect(throws: ResourceRefusal.token) { try await holder(desk, "DPoP nonsense", proofs: [proof]) }
        #expect(desk.desk.books.step { $0.spent.isEmpty })
    }
}
