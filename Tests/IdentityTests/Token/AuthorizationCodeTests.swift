import Audit
import Identity
import Primitives
import Testing

@Suite struct AuthorizationCodeTests {
    @Test func `a code becomes tokens of its grant`() async throws {
        let desk = try await TokenDesk()
        let answer = try await desk.tokens("citizen", scopes: ["openid", "profile"])
        #expect(answer["token_type"] == "Bearer")
        #expect(answer["expires_in"] == 600)
        #expect(answer["scope"] == "openid profile")
        #expect(answer["refresh_token"]?.string?.utf8.count == 70)
        let claims = JSONObject(claimsOf: answer["access_token"]?.string)
        #expect(claims["iss"]?.string == TestDesk.issuer)
        #expect(claims["aud"]?.string == TestDesk.issuer)
        #expect(claims["client_id"] == "citizen")
        #expect(claims["sid"] == JSONObject(claimsOf: answer["id_token"]?.string)["sid"] && claims["sid"] != nil)
        #expect(claims["acr"] == "substantial")
        #expect(claims["sub"]?.string == JSONObject(claimsOf: answer["id_token"]?.string)["sub"]?.string)
        #expect(claims["sub"]?.string != desk.account.id.description)
    }

    @Test func `a portal without the refresh grant gets no refresh token`() async throws {
        let desk = try await TokenDesk()
        #expect(try await desk.tokens("plain")["refresh_token"] == nil)
    }

    @Test func `a second use of a code is refused, and ends every token that came from the first`() async throws {
        let desk = try await TokenDesk()
        let code = try await desk.code(for: "citizen")
        let answer = try await desk.redeem(desk.request("citizen", TokenDesk.redemption(of: code)))
        let (access, refresh) = (answer["access_token"]?.string, answer["refresh_token"]?.string)
        #expect(try await desk.isActive(access, "citizen"))
        #expect(try await desk.refusal(desk.request("citizen", TokenDesk.redemption(of: code))) == .invalidGrant)
        #expect(try await !desk.isActive(access, "citizen"))
        #expect(try await !desk.isActive(refresh, "citizen"))
        #expect(try await desk.refusal(desk.refreshing("citizen", refresh)) == .invalidGrant)
        await #expect(throws: ResourceRefusal.token) { try await desk.userInfo(access) }
        #expect(desk.entries(.codeReplayed).count == 1)
    }

    @Test func `a second use with another verifier ends them too`() async throws {
        let desk = try await TokenDesk()
        let code = try await desk.code(for: "citizen")
        let form = TokenDesk.redemption(of: code)
        let access = try await desk.redeem(desk.request("citizen", form))["access_token"]?.string
        let injected = form.merging(["code_verifier": String(repeating: "a", count: 43)]) { $1 }
        #expect(try await desk.refusal(desk.request("citizen", injected)) == .invalidGrant)
        #expect(try await !desk.isActive(access, "citizen"))
    }

    @Test func `another portal cannot spend a code, and does not end it by trying`() async throws {
        let desk = try await TokenDesk()
        let code = try await desk.code(for: "citizen")
        #expect(try await desk.refusal(desk.request("shop", TokenDesk.redemption(of: code))) == .invalidGrant)
        #expect(try await desk.refusal(desk.request("citizen", TokenDesk.redemption(of: code))) == nil)
    }

    @Test(
        arguments: [
            ["redirect_uri": "https://portal.example/callback/"], ["redirect_uri": "https://PORTAL.example/callback"],
            ["redirect_uri": nil], ["code_verifier": nil], ["code_verifier": "short"], ["code": "unknown"],
            ["code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK"],
        ] as [[String: String?]])
    func `a request that does not fit the code is refused and does not spend it`(
        changes: [String: String?]
    ) async throws {
        let desk = try await TokenDesk()
        let form = TokenDesk.redemption(of: try await desk.code(for: "citizen"))
        #expect(try await desk.refusal(desk.request("citizen", form.merging(changes) { $1 })) == .invalidGrant)
        #expect(try await desk.refusal(desk.request("citizen", form)) == nil)
        #expect(desk.entries(.tokenRefused).count == 1)
    }

    @Test func `a verifier without a challenge is refused: somebody may have taken the challenge away`() async throws {
        let desk = try await TokenDesk()
        let form = TokenDesk.redemption(of: try await desk.code(for: "citizen", challenge: nil))
        #expect(try await desk.refusal(desk.request("citizen", form)) == .invalidGrant)
        let without = form.merging(["code_verifier": nil]) { $1 }
        #expect(try await desk.refusal(desk.request("citizen", without)) == nil)
    }

    @Test(arguments: [59, 60]) func `a code lives 60 seconds`(age: Int64) async throws {
        let desk = try await TokenDesk()
        let code = try await desk.code(for: "citizen")
        desk.desk.clock.advance(by: age)
        let refusal = try await desk.refusal(desk.request("citizen", TokenDesk.redemption(of: code)))
        #expect(refusal == (age < 60 ? nil : .invalidGrant))
    }

    @Test func `a code of a session that has ended is dead`() async throws {
        let desk = try await TokenDesk()
        let code = try await desk.code(for: "citizen")
        _ = try await desk.desk.books.end(.one(desk.session.id), at: desk.now) { _ in
            EndingEffects(notices: [], entries: [])
        }
        #expect(try await desk.refusal(desk.request("citizen", TokenDesk.redemption(of: code))) == .invalidGrant)
    }

    @Test func `a hundred redemptions at once give one success`() async throws {
        let desk = try await TokenDesk()
        let code = try await desk.code(for: "citizen")
        let successes = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    try await desk.refusal(desk.request("citizen", TokenDesk.redemption(of: code))) == nil
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(successes == 1)
        #expect(desk.entries(.tokenIssued).count == 1)
        #expect(desk.entries(.codeReplayed).count <= 1)
        for _ in 0..<200 {
            #expect(try await desk.refusal(desk.request("citizen", TokenDesk.redemption(of: code))) == .invalidGrant)
        }
        #expect(desk.entries(.codeReplayed).count == 1 && desk.entries(.tokenRefused).count <= 60)
    }

    @Test func `a code bound to a key asks for a proof by that key`() async throws {
        let desk = try await TokenDesk()
        let (own, other) = (TestKey(.es256), TestKey(.es256))
        let form = TokenDesk.redemption(of: try await desk.code(for: "citizen", keyThumbprint: own.thumbprint))
        #expect(try await desk.refusal(desk.request("citizen", form)) == .invalidGrant)
        #expect(try await desk.refusal(desk.request("citizen", form, proofs: [desk.proof(other)])) == .invalidGrant)
        let answer = try await desk.redeem(desk.request("citizen", form, proofs: [desk.proof(own)]))
        #expect(answer["token_type"] == "DPoP")
        let claims = JSONObject(claimsOf: answer["access_token"]?.string)
        #expect(claims["cnf"]?["jkt"]?.string == own.thumbprint)
    }

    @Test func `a token is for the resources of the grant, or for those of them that are asked for`() async throws {
        let desk = try await TokenDesk()
        let (market, files) = ("https://api.example/market", "https://api.example/files")
        let audience = { (more: [(String, String)]) -> JSONValue? in
            let code = try await desk.code(for: "citizen", resources: [market, files])
            let answer = try await desk.redeem(
                desk.request("citizen", TokenDesk.redemption(of: code), more: more))
            return JSONObject(claimsOf: answer["access_token"]?.string)["aud"]
        }
        #expect(try await audience([]) == [.string(market), .string(files)])
        #expect(try await audience([("resource", files)]) == .string(files))
        await #expect(throws: TokenRefusal.target) { try await audience([("resource", TestDesk.issuer)]) }
    }

    @Test func `a resource does not reach where an exchange would not, nor takes a name to another sector`()
        async throws
    {
        let portals =
            TokenDesk.portals + [
                TokenDesk.portal("allowed", scopes: ["openid"], exchangeAudiences: ["tax-api"])
            ]
        let desk = try await TokenDesk(portals: portals)
        let tax = "https://api.example/tax"
        for portal in ["citizen", "allowed"] {
            var form = TokenDesk.redemption(of: try await desk.code(for: portal))
            form["resource"] = tax
            #expect(try await desk.refusal(desk.request(portal, form)) == .invalidTarget)
            form["resource"] = "https://api.example/files"
            #expect(try await desk.refusal(desk.request(portal, form)) == nil)
            // Granted before the policy said so.
            let granted = try await desk.code(for: portal, resources: [tax])
            #expect(
                try await desk.refusal(desk.request(portal, TokenDesk.redemption(of: granted))) == .invalidTarget)
        }
        let refresh = try await desk.tokens("citizen")["refresh_token"]?.string
        #expect(try await desk.refusal(desk.refreshing("citizen", refresh, more: ["resource": tax])) == .invalidTarget)
    }

    @Test func `the entry of a token names portal and token, and nothing personal`() async throws {
        let desk = try await TokenDesk()
        let answer = try await desk.tokens("citizen")
        let entry = try #require(desk.entries(.tokenIssued).first)
        let claims = JSONObject(claimsOf: answer["access_token"]?.string)
        #expect(entry.details["portal"] == "citizen")
        #expect(entry.details["token"] == claims["jti"])
        #expect(entry.actor == desk.account.id.description)
        #expect(entry.department == "market")
    }
}
