import Identity
import Primitives
import Testing

/// A resource portal has a floor like any other: no token for it says less.
@Suite struct ResourceFloorTests {
    private static let uri = "https://api.example/vault"
    private static let portals = TokenDesk.portals + [vault(.high)]

    private static func vault(_ floor: Assurance, sector: String = "market") -> Portal {
        Portal(
            id: "vault", name: TestDesk.text("Vault"), departmentID: "market", sector: sector, kind: .resource,
            authentication: .secretBasic(TestDesk.secretHash), minimumAssurance: floor, resource: uri)
    }

    @Test func `a code or refresh token of a lower level gives none for it, and stays good`() async throws {
        let desk = try await TokenDesk(portals: Self.portals)
        let code = try await desk.code(for: "citizen")
        var form = TokenDesk.redemption(of: code)
        form["resource"] = Self.uri
        #expect(try await desk.refusal(desk.request("citizen", form)) == .invalidTarget)
        form["resource"] = nil as String?
        let answer = try await desk.redeem(desk.request("citizen", form))
        let token = answer["refresh_token"]?.string
        #expect(
            try await desk.refusal(desk.refreshing("citizen", token, more: ["resource": Self.uri])) == .invalidTarget)
        #expect(try await desk.refusal(desk.refreshing("citizen", token)) == nil)
    }

    @Test(arguments: ["vault", uri]) func `nor does an exchange`(audience: String) async throws {
        let desk = try await TokenDesk(portals: Self.portals)
        let form: [String: String?] = [
            "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
            "subject_token": try await desk.tokens("citizen")["access_token"]?.string,
            "subject_token_type": "urn:ietf:params:oauth:token-type:access_token", "audience": audience,
        ]
        #expect(try await desk.refusal(desk.request("citizen", form)) == .invalidTarget)
    }

    @Test func `a request for it asks the person for the level, or says that it cannot be reached`() async throws {
        let answers = [(Assurance.substantial, "login_required"), (.low, "unmet_authentication_requirements")]
        for (assurance, expected) in answers {
            let desk = TestDesk(portals: TestDesk.portals + [Self.vault(.substantial, sector: "commerce")])
            try await desk.addAccount(assurance: assurance)
            let browser = TestBrowser(desk)
            try await browser.reach()
            let step = try await browser.authorize(changes: ["resource": Self.uri, "prompt": "none"])
            #expect(try TestBrowser.answer(step)["error"] == expected)
        }
    }
}

@Suite struct RemovedPortalTests {
    @Test func `tokens of a portal that the policy no longer has are dead`() async throws {
        let desk = try await TokenDesk()
        let resource = "https://api.example/market"
        let token = try await desk.tokens("shop", resources: [resource])["access_token"]?.string
        #expect(try await desk.isActive(token, "market-api"))
        let later = desk.signOn.with(portals: TokenDesk.portals.filter { $0.id != "shop" })
        let answer = try await Introspect(later, memory: desk.memory).introspect(
            desk.request("market-api", ["token": token], endpoint: .introspection))
        #expect(answer == JSONObject([("active", false)]))
    }
}
