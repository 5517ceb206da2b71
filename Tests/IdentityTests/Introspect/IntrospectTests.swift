import Audit
import Identity
import JOSE
import Primitives
import Testing

@Suite struct IntrospectTests {
    private func end(_ sessions: SessionsToEnd, _ desk: TokenDesk) async throws {
        _ = try await desk.desk.books.end(sessions, at: desk.now) { _ in EndingEffects(notices: [], entries: []) }
    }

    @Test func `a portal learns of its own token`() async throws {
        let desk = try await TokenDesk()
        let token = try await desk.tokens("citizen", scopes: ["openid", "profile"])["access_token"]?.string
        let answer = try await desk.introspect("citizen", token)
        let claims = JSONObject(claimsOf: token)
        #expect(answer["active"] == true && answer["token_type"] == "Bearer")
        for name in ["iss", "sub", "aud", "client_id", "scope", "exp", "iat", "jti", "acr", "auth_time"] {
            #expect(answer[name] == claims[name] && answer[name] != nil)
        }
        #expect(answer["gid"] == nil)
    }

    @Test func `a resource learns of tokens made for it, and nobody else of anything`() async throws {
        let desk = try await TokenDesk()
        let files = "https://api.example/files"
        let token = try await desk.tokens("citizen", resources: [files])["access_token"]?.string
        #expect(try await desk.isActive(token, "market-files"))
        #expect(try await desk.isActive(token, "citizen"))
        for stranger in ["market-api", "shop", "system", "tax-api"] {
            #expect(try await desk.introspect(stranger, token) == JSONObject([("active", false)]))
        }
        let own = try await desk.tokens("citizen")["access_token"]?.string
        #expect(try await !desk.isActive(own, "market-files"))
    }

    @Test func `without a proof of who asks there is no answer`() async throws {
        let desk = try await TokenDesk()
        let token = try await desk.tokens("app")["access_token"]?.string
        await #expect(throws: TokenRefusal.client) { try await desk.introspect("app", token) }
        await #expect(throws: TokenRefusal.missingParameter("token")) { try await desk.introspect("citizen", nil) }
    }

    @Test func `a token is dead when it is over, revoked, or its session has ended`() async throws {
        let desk = try await TokenDesk()
        let tokens = try await [desk.tokens("citizen"), desk.tokens("citizen"), desk.tokens("shop")]
            .map { $0["access_token"]?.string }
        try await desk.revoke("citizen", tokens[0])
        #expect(try await !desk.isActive(tokens[0], "citizen"))
        #expect(try await desk.isActive(tokens[1], "citizen"))
        try await end(.one(desk.session.id), desk)
        #expect(try await !desk.isActive(tokens[1], "citizen"))
        #expect(try await !desk.isActive(tokens[2], "shop"))
    }

    @Test func `a token lives to its last second`() async throws {
        let desk = try await TokenDesk()
        let token = try await desk.redeem(desk.request("system", ["grant_type": "client_credentials"]))
        desk.desk.clock.advance(by: 599)
        #expect(try await desk.isActive(token["access_token"]?.string, "system"))
        desk.desk.clock.advance(by: 1)
        #expect(try await !desk.isActive(token["access_token"]?.string, "system"))
    }

    @Test func `tokens of a disabled account are dead at once, offline ones too`() async throws {
        let desk = try await TokenDesk()
        let answer = try await desk.tokens("citizen", isOffline: true)
        try await end(.one(desk.session.id), desk)
        #expect(try await desk.isActive(answer["access_token"]?.string, "citizen"))
        _ = try await desk.desk.books.disable(desk.account.id, at: desk.now) { _ in
            EndingEffects(notices: [], entries: [])
        }
        #expect(try await !desk.isActive(answer["access_token"]?.string, "citizen"))
        #expect(try await !desk.isActive(answer["refresh_token"]?.string, "citizen"))
    }

    @Test func `only access and refresh tokens are tokens`() async throws {
        let desk = try await TokenDesk()
        let answer = try await desk.tokens("citizen")
        #expect(try await desk.isActive(answer["refresh_token"]?.string, "citizen"))
        #expect(try await !desk.isActive(answer["refresh_token"]?.string, "shop"))
        #expect(try await !desk.isActive(answer["id_token"]?.string, "citizen"))
        #expect(try await !desk.isActive("nonsense", "citizen"))
    }

    @Test func `a changed token is dead, though the right one was seen before`() async throws {
        let desk = try await TokenDesk()
        let text = try #require(try await desk.tokens("citizen")["access_token"]?.string)
        #expect(try await desk.isActive(text, "citizen"))
        let parts = text.split(separator: ".").map(String.init)
        var claims = JSONObject(claimsOf: text)
        claims["scope"] = "openid admin"
        let payload = Base64.encodeURL(Array(JSONValue.object(claims).compactText.utf8))
        #expect(try await !desk.isActive("\(parts[0]).\(payload).\(parts[2])", "citizen"))
        let forged = TestKey(.es256, keyID: "ES256").jwt(
            claims, header: JSONObject([("typ", "at+jwt"), ("kid", "ES256")]))
        #expect(try await !desk.isActive(forged, "citizen"))
        var signature = Array(parts[2].utf8)
        signature[5] = signature[5] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        let bent = "\(parts[0]).\(parts[1]).\(String(decoding: signature, as: UTF8.self))"
        #expect(try await !desk.isActive(bent, "citizen"))
    }

    @Test func `a superseded refresh token is not active`() async throws {
        let desk = try await TokenDesk()
        let first = try await desk.tokens("citizen")["refresh_token"]?.string
        #expect(try await desk.introspect("citizen", first)["scope"] == "openid")
    }

    @Test func `a bound token says so`() async throws {
        let desk = try await TokenDesk()
        let key = TestKey(.es256)
        let token = try await desk.tokens("citizen", key: key)["access_token"]?.string
        let answer = try await desk.introspect("citizen", token)
        #expect(answer["token_type"] == "DPoP" && answer["cnf"]?["jkt"]?.string == key.thumbprint)
    }
}

@Suite struct RevokeTests {
    @Test func `one access token is revoked alone, a refresh token with its whole grant`() async throws {
        let desk = try await TokenDesk()
        let answer = try await desk.tokens("citizen")
        let more = try await desk.refresh("citizen", answer["refresh_token"]?.string)["access_token"]?.string
        try await desk.revoke("citizen", answer["access_token"]?.string)
        #expect(try await !desk.isActive(answer["access_token"]?.string, "citizen"))
        #expect(try await desk.isActive(more, "citizen"))
        try await desk.revoke("citizen", answer["refresh_token"]?.string)
        #expect(try await !desk.isActive(more, "citizen"))
        #expect(try await desk.refusal(desk.refreshing("citizen", answer["refresh_token"]?.string)) == .invalidGrant)
        #expect(desk.entries(.tokenRevoked).count == 2)
    }

    @Test func `a token without a person is revoked too`() async throws {
        let desk = try await TokenDesk()
        let token = try await desk.redeem(desk.request("system", ["grant_type": "client_credentials"]))
        try await desk.revoke("system", token["access_token"]?.string)
        #expect(try await !desk.isActive(token["access_token"]?.string, "system"))
    }

    @Test func `nobody revokes another portal's tokens`() async throws {
        let desk = try await TokenDesk()
        let answer = try await desk.tokens("citizen")
        for name in ["access_token", "refresh_token"] {
            await #expect(throws: TokenRefusal.foreignToken) {
                try await desk.revoke("shop", answer[name]?.string)
            }
            #expect(try await desk.isActive(answer[name]?.string, "citizen"))
        }
    }

    @Test func `revoking again, or nonsense, changes nothing and is no fault`() async throws {
        let desk = try await TokenDesk()
        let token = try await desk.tokens("citizen")["access_token"]?.string
        try await desk.revoke("citizen", token)
        try await desk.revoke("citizen", token)
        try await desk.revoke("citizen", "nonsense")
        #expect(desk.entries(.tokenRevoked).count == 1)
    }

    @Test func `an older generation still ends the grant`() async throws {
        let desk = try await TokenDesk()
        let first = try await desk.tokens("app")["refresh_token"]?.string
        let second = try await desk.refresh("app", first)["refresh_token"]?.string
        try await desk.revoke("app", first)
        #expect(try await desk.refusal(desk.refreshing("app", second)) == .invalidGrant)
    }

    @Test func `a revocation among a hundred refreshes wins`() async throws {
        let desk = try await TokenDesk()
        let token = try await desk.tokens("citizen")["refresh_token"]?.string
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    if number == 50 { try? await desk.revoke("citizen", token) }
                    _ = try? await desk.refresh("citizen", token)
                }
            }
        }
        #expect(try await desk.refusal(desk.refreshing("citizen", token)) == .invalidGrant)
        #expect(try await !desk.isActive(token, "citizen"))
    }
}
