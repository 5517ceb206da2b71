import Audit
import Identity
import Primitives
import Testing

@Suite struct ClientCredentialsTests {
    private func form(_ scope: String? = nil) -> [String: String?] {
        ["grant_type": "client_credentials", "scope": scope]
    }

    @Test func `a service gets a token for itself, with all its scopes but personal ones`() async throws {
        let desk = try await TokenDesk()
        let answer = try await desk.redeem(desk.request("system", form()))
        #expect(answer["scope"] == "license:issue license:status")
        #expect(answer["refresh_token"] == nil && answer["id_token"] == nil)
        let claims = JSONObject(claimsOf: answer["access_token"]?.string)
        #expect(claims["sub"] == "system" && claims["client_id"] == "system")
        #expect(claims["sid"] == nil && claims["acr"] == nil && claims["gid"] == nil)
        let entry = try #require(desk.entries(.tokenIssued).first)
        #expect(entry.actor == "system" && entry.details["token"] == claims["jti"])
    }

    @Test func `scopes may be fewer and never more`() async throws {
        let desk = try await TokenDesk()
        #expect(try await desk.redeem(desk.request("system", form("license:issue")))["scope"] == "license:issue")
        for scope in ["openid", "license:issue admin", "a"] {
            #expect(try await desk.refusal(desk.request("system", form(scope))) == .invalidScope)
        }
    }

    @Test func `a portal without the grant is refused`() async throws {
        let desk = try await TokenDesk()
        #expect(try await desk.refusal(desk.request("citizen", form())) == .unauthorizedClient)
        #expect(try await desk.refusal(desk.request("app", form())) == .unauthorizedClient)
    }

    @Test func `the audience is the resource asked for`() async throws {
        let desk = try await TokenDesk()
        let tax = "https://api.example/tax"
        let answer = try await desk.redeem(desk.request("system", form(), more: [("resource", tax)]))
        #expect(JSONObject(claimsOf: answer["access_token"]?.string)["aud"]?.string == tax)
        for resource in ["https://api.example/unknown", "tax-api", "https://api.example/tax/", "citizen"] {
            #expect(
                try await desk.refusal(desk.request("system", form(), more: [("resource", resource)])) == .invalidTarget
            )
        }
    }

    @Test func `a portal names as resource only what an exchange would reach`() async throws {
        let portals =
            TokenDesk.portals + [
                TokenDesk.portal("robot", kind: .service, scopes: ["license:status"], grants: [.clientCredentials])
            ]
        let desk = try await TokenDesk(portals: portals)
        for (name, expected) in [("tax", OAuthError.invalidTarget), ("market", nil)] {
            let request = desk.request("robot", form(), more: [("resource", "https://api.example/\(name)")])
            #expect(try await desk.refusal(request) == expected)
        }
        #expect(try await desk.refusal(desk.request("robot", form(), more: [("resource", TestDesk.issuer)])) == nil)
    }

    @Test func `a token that nobody could write down is not given`() async throws {
        let desk = try await TokenDesk()
        _ = try await desk.redeem(desk.request("system", form()))
        #expect(desk.entries(.tokenIssued).count == 1)
    }
}

@Suite struct RedeemTokenTests {
    @Test func `grant types are checked after the portal`() async throws {
        let desk = try await TokenDesk()
        #expect(try await desk.refusal(desk.request("citizen", [:])) == .invalidRequest)
        #expect(try await desk.refusal(desk.request("citizen", ["grant_type": "password"])) == .unsupportedGrantType)
        #expect(try await desk.refusal(desk.request("citizen", ["grant_type": "implicit"])) == .unsupportedGrantType)
        #expect(try await desk.refusal(desk.request("nobody", ["grant_type": "password"])) == .invalidClient)
        #expect(desk.entries(.tokenRefused).count == 3)
    }

    @Test(arguments: ["code", "grant_type", "redirect_uri", "code_verifier"])
    func `a parameter that comes twice is refused`(name: String) async throws {
        let desk = try await TokenDesk()
        let form = TokenDesk.redemption(of: try await desk.code(for: "citizen"))
        let again = form[name]?.map { [(name, $0)] } ?? []
        #expect(try await desk.refusal(desk.request("citizen", form, more: again)) == .invalidRequest)
        #expect(try await desk.refusal(desk.request("citizen", form)) == nil)
    }

    @Test(arguments: ["authorization_code", "refresh_token"])
    func `a grant without its parameter is refused`(type: String) async throws {
        let desk = try await TokenDesk()
        #expect(try await desk.refusal(desk.request("citizen", ["grant_type": type])) == .invalidRequest)
    }
}
