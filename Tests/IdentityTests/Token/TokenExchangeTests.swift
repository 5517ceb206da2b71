import Audit
import Identity
import Primitives
import Testing

@Suite struct TokenExchangeTests {
    private static let tokenType = "urn:ietf:params:oauth:token-type:access_token"

    private func form(_ token: String?, audience: String? = "market-api", scope: String? = nil) -> [String: String?] {
        [
            "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token": token,
            "subject_token_type": TokenExchangeTests.tokenType, "audience": audience, "scope": scope,
        ]
    }

    private func access(_ desk: TokenDesk, scopes: [String] = ["openid", "profile"]) async throws -> String? {
        try await desk.tokens("citizen", scopes: scopes)["access_token"]?.string
    }

    @Test func `a portal trades its token for one of its own department's resources`() async throws {
        let desk = try await TokenDesk()
        let token = try await access(desk)
        let answer = try await desk.redeem(desk.request("citizen", form(token)))
        #expect(answer["issued_token_type"]?.string == TokenExchangeTests.tokenType)
        #expect(answer["refresh_token"] == nil && answer["id_token"] == nil)
        #expect((answer["expires_in"]?.integer ?? .max) <= 300)
        let (old, new) = (JSONObject(claimsOf: token), JSONObject(claimsOf: answer["access_token"]?.string))
        #expect(new["aud"] == "market-api" && new["client_id"] == "citizen")
        #expect(new["act"] == ["sub": "citizen"])
        #expect(new["acr"] == old["acr"] && new["auth_time"] == old["auth_time"])
        #expect(new["jti"] != old["jti"] && new["sub"] == old["sub"])
    }

    @Test func `in another sector the person has another name, and act tells every hand`() async throws {
        let desk = try await TokenDesk()
        let first = try await desk.redeem(desk.request("citizen", form(try await access(desk))))
        let chained = form(first["access_token"]?.string, audience: "tax-api")
        #expect(try await desk.refusal(desk.request("market-api", chained)) == .invalidTarget)
        let again = try await desk.redeem(
            desk.request("market-api", form(first["access_token"]?.string, audience: "https://api.example/market")))
        let claims = JSONObject(claimsOf: again["access_token"]?.string)
        #expect(claims["act"] == ["sub": "market-api", "act": ["sub": "citizen"]])
        #expect(claims["aud"] == "https://api.example/market")
    }

    @Test func `the subject is re-mapped to the target's sector`() async throws {
        let portals = TokenDesk.portals.map { portal in
            guard portal.id == "citizen" else { return portal }
            return TokenDesk.portal(
                "citizen", scopes: Scope.all, grants: [.authorizationCode, .tokenExchange],
                exchangeAudiences: ["tax-api", "tax-files"])
        }
        let desk = try await TokenDesk(portals: portals)
        let token = try await access(desk)
        let answer = try await desk.redeem(desk.request("citizen", form(token, audience: "tax-api")))
        let claims = JSONObject(claimsOf: answer["access_token"]?.string)
        let expected = try desk.signOn.subject(of: desk.account, for: try #require(desk.signOn.directory["tax-api"]))
        #expect(claims["sub"]?.string == expected)
        #expect(claims["sub"] != JSONObject(claimsOf: token)["sub"])
        let both = desk.request("citizen", form(token, audience: "tax-api"), more: [("audience", "tax-files")])
        let answers = try await desk.redeem(both)
        #expect(JSONObject(claimsOf: answers["access_token"]?.string)["aud"] == ["tax-api", "tax-files"])
        let mixed = desk.request("citizen", form(token, audience: "tax-api"), more: [("audience", "market-api")])
        #expect(try await desk.refusal(mixed) == .invalidTarget)
    }

    @Test(arguments: [nil, "tax-api", "https://api.example/tax", "shop", "unknown", "https://login.example"])
    func `other targets are refused`(audience: String?) async throws {
        let desk = try await TokenDesk()
        let request = desk.request("citizen", form(try await access(desk), audience: audience))
        #expect(try await desk.refusal(request) == .invalidTarget)
    }

    @Test func `scopes only narrow`() async throws {
        let desk = try await TokenDesk()
        let token = try await access(desk)
        let scope = { (wanted: String?) in
            try await desk.redeem(desk.request("citizen", form(token, scope: wanted)))["scope"]?.string
        }
        #expect(try await scope(nil) == "openid profile")
        #expect(try await scope("profile") == "profile")
        #expect(try await scope("profile email") == "profile")
        #expect(try await desk.refusal(desk.request("citizen", form(token, scope: "email"))) == .invalidScope)
    }

    @Test func `a token that was neither given to the caller nor made for it is refused`() async throws {
        let desk = try await TokenDesk()
        let foreign = try await desk.tokens("shop")["access_token"]?.string
        #expect(try await desk.refusal(desk.request("citizen", form(foreign))) == .invalidRequest)
        #expect(try await desk.refusal(desk.request("market-api", form(foreign))) == .invalidRequest)
    }

    @Test func `a token that is bound to a key is traded in with a proof by it, and stays bound`() async throws {
        let desk = try await TokenDesk()
        let key = TestKey(.es256)
        let token = try await desk.tokens("citizen", key: key)["access_token"]?.string
        #expect(try await desk.refusal(desk.request("citizen", form(token))) == .invalidGrant)
        let other = desk.request("citizen", form(token), proofs: [desk.proof(TestKey(.es256))])
        #expect(try await desk.refusal(other) == .invalidGrant)
        let answer = try await desk.redeem(desk.request("citizen", form(token), proofs: [desk.proof(key)]))
        #expect(JSONObject(claimsOf: answer["access_token"]?.string)["cnf"]?["jkt"]?.string == key.thumbprint)
    }

    @Test func `what is no live access token is refused`() async throws {
        let desk = try await TokenDesk()
        let answer = try await desk.tokens("citizen")
        for token in [answer["id_token"]?.string, answer["refresh_token"]?.string, "x", "a.b.c"] {
            #expect(try await desk.refusal(desk.request("citizen", form(token))) == .invalidRequest)
        }
        let token = answer["access_token"]?.string
        try await desk.revoke("citizen", token)
        #expect(try await desk.refusal(desk.request("citizen", form(token))) == .invalidRequest)
    }

    @Test func `the new token does not outlive the old one, and dies with its grant`() async throws {
        let desk = try await TokenDesk()
        let answer = try await desk.tokens("citizen")
        desk.desk.clock.advance(by: 500)
        let new = try await desk.redeem(desk.request("citizen", form(answer["access_token"]?.string)))
        #expect(new["expires_in"] == 100)
        #expect(try await desk.isActive(new["access_token"]?.string, "market-api"))
        try await desk.revoke("citizen", answer["refresh_token"]?.string)
        #expect(try await !desk.isActive(new["access_token"]?.string, "market-api"))
    }

    @Test func `the new token dies with the old one, and with all that the old one came from`() async throws {
        let desk = try await TokenDesk()
        let system = try await desk.redeem(desk.request("system", ["grant_type": "client_credentials"]))
        for token in [system["access_token"]?.string, try await access(desk)] {
            let caller = token == system["access_token"]?.string ? "system" : "citizen"
            let trade = { (portal: String, old: String?) in
                try await desk.redeem(desk.request(portal, form(old)))["access_token"]?.string
            }
            let first = try await trade(caller, token)
            let second = try await trade("market-api", first)
            let third = try await trade("market-api", second)
            try await desk.revoke("market-api", second)
            #expect(try await desk.isActive(first, "market-api"))
            #expect(try await !desk.isActive(third, "market-api"))
            let other = try await trade("market-api", first)
            #expect(try await desk.isActive(other, "market-api"))
            #expect(try await desk.introspect("market-api", other)["from"] == nil)
            try await desk.revoke(caller, token)
            for dead in [first, other] { #expect(try await !desk.isActive(dead, "market-api")) }
            #expect(try await desk.refusal(desk.request("market-api", form(other))) == .invalidRequest)
        }
    }

    @Test func `the chain of hands has an end`() async throws {
        let desk = try await TokenDesk()
        var token = try await desk.redeem(desk.request("citizen", form(try await access(desk))))["access_token"]?.string
        for _ in 0..<7 {
            token = try await desk.redeem(desk.request("market-api", form(token)))["access_token"]?.string
        }
        #expect(try await desk.refusal(desk.request("market-api", form(token))) == .invalidRequest)
    }

    @Test(
        arguments: [
            ("actor_token", "x"), ("requested_token_type", "urn:ietf:params:oauth:token-type:refresh_token"),
            ("subject_token_type", "urn:ietf:params:oauth:token-type:id_token"), ("subject_token_type", nil),
            ("subject_token", nil),
        ] as [(String, String?)])
    func `what is not offered is refused`(name: String, value: String?) async throws {
        let desk = try await TokenDesk()
        let changed = form(try await access(desk)).merging([name: value]) { $1 }
        #expect(try await desk.refusal(desk.request("citizen", changed)) == .invalidRequest)
    }

    @Test func `the log tells who reached whom for whom`() async throws {
        let desk = try await TokenDesk()
        let token = try await access(desk)
        _ = try await desk.redeem(desk.request("citizen", form(token)))
        let entry = try #require(desk.entries(.tokenExchanged).first)
        #expect(entry.details["audience"] == ["market-api"] && entry.details["act"] == ["sub": "citizen"])
        #expect(entry.details["from"] == JSONObject(claimsOf: token)["jti"])
        #expect(entry.actor == desk.account.id.description)
    }
}
