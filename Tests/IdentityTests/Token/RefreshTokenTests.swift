import Audit
import Identity
import Primitives
import Testing

@Suite struct RefreshTokenTests {
    @Test func `a confidential portal keeps its refresh token`() async throws {
        let desk = try await TokenDesk()
        let token = try await desk.tokens("citizen")["refresh_token"]?.string
        for _ in 0..<3 {
            desk.desk.clock.advance(by: 100)
            let answer = try await desk.refresh("citizen", token)
            #expect(answer["refresh_token"]?.string == token)
            #expect(try await desk.isActive(answer["access_token"]?.string, "citizen"))
        }
        #expect(desk.entries(.tokenRefreshed).count == 3)
    }

    @Test func `a public portal gets a successor, and inside the grace the same one again`() async throws {
        let desk = try await TokenDesk()
        let first = try await desk.tokens("app")["refresh_token"]?.string
        let second = try await desk.refresh("app", first)["refresh_token"]?.string
        #expect(second != first)
        desk.desk.clock.advance(by: 9)
        #expect(try await desk.refresh("app", first)["refresh_token"]?.string == second)
        #expect(try await desk.refresh("app", second)["refresh_token"]?.string != second)
    }

    @Test func `an old refresh token outside the grace kills its family and is written down`() async throws {
        let desk = try await TokenDesk()
        let answer = try await desk.tokens("app")
        let first = answer["refresh_token"]?.string
        let second = try await desk.refresh("app", first)["refresh_token"]?.string
        desk.desk.clock.advance(by: 11)
        #expect(try await desk.refusal(desk.refreshing("app", first)) == .invalidGrant)
        #expect(try await desk.refusal(desk.refreshing("app", second)) == .invalidGrant)
        #expect(desk.entries(.refreshReplayed).count == 1)
        await #expect(throws: ResourceRefusal.token) { try await desk.userInfo(answer["access_token"]?.string) }
    }

    @Test func `two generations back is too old even inside the grace`() async throws {
        let desk = try await TokenDesk()
        let first = try await desk.tokens("app")["refresh_token"]?.string
        let second = try await desk.refresh("app", first)["refresh_token"]?.string
        let third = try await desk.refresh("app", second)["refresh_token"]?.string
        #expect(try await desk.refusal(desk.refreshing("app", first)) == .invalidGrant)
        #expect(try await desk.refusal(desk.refreshing("app", third)) == .invalidGrant)
    }

    @Test func `a hundred refreshes at once make one new generation`() async throws {
        let desk = try await TokenDesk()
        let token = try await desk.tokens("app")["refresh_token"]?.string
        let successors = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<100 { group.addTask { try await desk.refresh("app", token)["refresh_token"]?.string } }
            return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
        }
        #expect(successors.count == 1 && successors != [token])
    }

    @Test func `a refresh token is worth nothing to another portal, and is not harmed by the attempt`() async throws {
        let desk = try await TokenDesk()
        let token = try await desk.tokens("citizen")["refresh_token"]?.string
        #expect(try await desk.refusal(desk.refreshing("shop", token)) == .invalidGrant)
        #expect(try await desk.refusal(desk.refreshing("app", token)) == .invalidGrant)
        #expect(try await desk.refusal(desk.refreshing("citizen", token)) == nil)
    }

    @Test func `the refresh token of a public portal belongs to the key it was given to`() async throws {
        let desk = try await TokenDesk()
        let (own, other) = (TestKey(.es256), TestKey(.es256))
        let token = try await desk.tokens("app", key: own)["refresh_token"]?.string
        #expect(try await desk.refusal(desk.refreshing("app", token)) == .invalidGrant)
        #expect(try await desk.refusal(desk.refreshing("app", token, key: other)) == .invalidGrant)
        #expect(try await desk.refresh("app", token, key: own)["token_type"] == "DPoP")
    }

    @Test func `a public portal may begin to prove a key, and its refresh tokens go on`() async throws {
        let desk = try await TokenDesk()
        let key = TestKey(.es256)
        let first = try await desk.refresh("app", try await desk.tokens("app")["refresh_token"]?.string, key: key)
        #expect(first["token_type"] == "DPoP")
        let second = try await desk.refresh("app", first["refresh_token"]?.string)
        #expect(second["token_type"] == "Bearer" && second["refresh_token"] != nil)
    }

    @Test func `a scope that the policy takes from the portal is not given again`() async throws {
        let desk = try await TokenDesk()
        let token = try await desk.tokens("citizen", scopes: ["openid", "profile"], isOffline: true)
        let narrower = TokenDesk.portals.map {
            $0.id == "citizen" ? TokenDesk.portal("citizen", scopes: ["openid"]) : $0
        }
        let later = desk.signOn.with(portals: narrower)
        let answer = try await RedeemToken(later, memory: desk.memory).redeem(
            desk.refreshing("citizen", token["refresh_token"]?.string)
        ).object
        #expect(answer["scope"] == "openid")
    }

    @Test func `a resource that the policy takes from the portal is not given again, and costs no token`() async throws
    {
        let desk = try await TokenDesk()
        let token = try await desk.tokens("app", resources: ["https://api.example/market"])["refresh_token"]?.string
        let narrower = desk.signOn.with(portals: TokenDesk.portals.filter { $0.id != "market-api" })
        for _ in 0..<2 {
            await #expect(throws: TokenRefusal.target) {
                try await RedeemToken(narrower, memory: desk.memory).redeem(desk.refreshing("app", token))
            }
            desk.desk.clock.advance(by: desk.signOn.policy.tokens.refreshGrace + 1)
        }
        #expect(desk.entries(.tokenRefreshed).isEmpty && desk.entries(.refreshReplayed).isEmpty)
        _ = try await desk.refresh("app", token)
    }

    @Test func `a confidential portal may change its key`() async throws {
        let desk = try await TokenDesk()
        let token = try await desk.tokens("citizen", key: TestKey(.es256))["refresh_token"]?.string
        let key = TestKey(.es256)
        let answer = try await desk.refresh("citizen", token, key: key)
        let claims = JSONObject(claimsOf: answer["access_token"]?.string)
        #expect(claims["cnf"]?["jkt"]?.string == key.thumbprint)
    }

    @Test func `scopes may be fewer and never more, and asking for more costs nothing`() async throws {
        let desk = try await TokenDesk()
        let token = try await desk.tokens("app", scopes: ["openid", "profile"])["refresh_token"]?.string
        let more = desk.refreshing("app", token, more: ["scope": "openid email"])
        #expect(try await desk.refusal(more) == .invalidScope)
        desk.desk.clock.advance(by: 60)
        let answer = try await desk.redeem(desk.refreshing("app", token, more: ["scope": "openid"]))
        #expect(answer["scope"] == "openid")
        let info = try await desk.userInfo(answer["access_token"]?.string)
        #expect(info["sub"] != nil && info["name"] == nil)
    }

    @Test func `without offline access a refresh token ends with the session`() async throws {
        let desk = try await TokenDesk()
        let bound = try await desk.tokens("citizen")["refresh_token"]?.string
        let offline = try await desk.tokens("citizen", isOffline: true)["refresh_token"]?.string
        _ = try await desk.desk.books.end(.one(desk.session.id), at: desk.now) { _ in
            EndingEffects(notices: [], entries: [])
        }
        #expect(try await desk.refusal(desk.refreshing("citizen", bound)) == .invalidGrant)
        #expect(try await desk.refusal(desk.refreshing("citizen", offline)) == nil)
        _ = try await desk.desk.books.end(.all(of: desk.account.id), at: desk.now) { _ in
            EndingEffects(notices: [], entries: [])
        }
        _ = try await desk.desk.books.disable(desk.account.id, at: desk.now) { _ in
            EndingEffects(notices: [], entries: [])
        }
        #expect(try await desk.refusal(desk.refreshing("citizen", offline)) == .invalidGrant)
    }

    @Test func `an unused refresh token ends when it is idle too long`() async throws {
        var policy = SignInPolicy()
        policy.tokens.refreshIdle = 3600
        let desk = try await TokenDesk(policy: policy)
        let token = try await desk.tokens("citizen", isOffline: true)["refresh_token"]?.string
        desk.desk.clock.advance(by: 3599)
        #expect(try await desk.refusal(desk.refreshing("citizen", token)) == nil)
        desk.desk.clock.advance(by: 3600)
        #expect(try await desk.refusal(desk.refreshing("citizen", token)) == .invalidGrant)
    }

    @Test func `a refreshed ID token is of the same sign-in and has no nonce`() async throws {
        let desk = try await TokenDesk()
        let first = try await desk.tokens("citizen")
        desk.desk.clock.advance(by: 120)
        let token = first["refresh_token"]?.string
        let second = try await desk.redeem(desk.refreshing("citizen", token, more: ["scope": "openid"]))
        let (old, new) = (
            JSONObject(claimsOf: first["id_token"]?.string), JSONObject(claimsOf: second["id_token"]?.string)
        )
        for name in ["iss", "sub", "aud", "auth_time", "acr", "sid"] { #expect(old[name] == new[name]) }
        #expect(old["nonce"] == "n-0S6" && new["nonce"] == nil)
        #expect(new["iat"]?.integer == (old["iat"]?.integer ?? 0) + 120)
    }

    @Test func `a refresh that does not ask for openid gets no ID token`() async throws {
        let desk = try await TokenDesk()
        let first = try await desk.tokens("citizen")
        let second = try await desk.refresh("citizen", first["refresh_token"]?.string)
        #expect(first["id_token"] != nil && second["id_token"] == nil && second["access_token"] != nil)
    }

    @Test(arguments: 0..<70) func `a refresh token with one character changed is refused`(position: Int) async throws {
        let desk = try await TokenDesk()
        var bytes = Array(try #require(try await desk.tokens("citizen")["refresh_token"]?.string).utf8)
        bytes[position] = bytes[position] == UInt8(ascii: "A") ? UInt8(ascii: "Q") : UInt8(ascii: "A")
        let forged = String(decoding: bytes, as: UTF8.self)
        #expect(try await desk.refusal(desk.refreshing("citizen", forged)) == .invalidGrant)
    }
}

extension SignOn {
    /// The same provider under another policy.
    func with(portals: [Portal]) -> SignOn {
        SignOn(
            directory: PortalDirectory(
                portals: Dictionary(portals.map { ($0.id, $0) }) { first, _ in first }, issuer: directory.issuer,
                authorityName: directory.authorityName, languages: directory.languages),
            policy: policy, books: books, keys: keys, mac: mac, naming: naming, passwords: passwords,
            oneTimePasswords: oneTimePasswords, sealing: sealing, hashing: hashing, randomness: randomness,
            verifier: verifier, clock: clock)
    }
}
