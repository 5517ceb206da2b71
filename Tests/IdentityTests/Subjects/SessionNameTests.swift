import Identity
import JOSE
import Primitives
import Testing

@Suite struct SessionNameTests {
    private func sid(_ token: JSONValue?) -> String? { JSONObject(claimsOf: token?.string)["sid"]?.string }

    @Test func `portals of one sector know a session under one name, those of another under another`() async throws {
        let portals = TokenDesk.portals + [TokenDesk.portal("clinic", department: "health", scopes: ["openid"])]
        let desk = try await TokenDesk(portals: portals)
        var names: [String?] = []
        for id in ["citizen", "shop", "clinic"] {
            let answer = try await desk.tokens(id)
            #expect(sid(answer["id_token"]) == sid(answer["access_token"]))
            names.append(sid(answer["id_token"]))
        }
        #expect(names[0] == names[1] && names[0] != names[2])
        #expect(Set(names).isDisjoint(with: [nil, desk.session.id.description]))
    }

    @Test func `another session has another name`() async throws {
        let desk = try await TokenDesk()
        let portal = try #require(desk.signOn.directory["citizen"])
        let other = Identifier<Session>(from: desk.desk.randomness)
        #expect(
            desk.signOn.sessionName(of: desk.session.id, for: portal)
                != desk.signOn.sessionName(of: other, for: portal))
    }

    @Test func `a token that was exchanged has the name of the target's sector`() async throws {
        let portals = TokenDesk.portals.map { portal in
            guard portal.id == "citizen" else { return portal }
            return TokenDesk.portal(
                "citizen", scopes: ["openid"], grants: [.authorizationCode, .tokenExchange],
                exchangeAudiences: ["tax-api"])
        }
        let desk = try await TokenDesk(portals: portals)
        let token = try await desk.tokens("citizen")["access_token"]
        let answer = try await desk.redeem(
            desk.request(
                "citizen",
                [
                    "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token": token?.string,
                    "subject_token_type": "urn:ietf:params:oauth:token-type:access_token", "audience": "tax-api",
                ]))
        let target = try #require(desk.signOn.directory["tax-api"])
        #expect(sid(answer["access_token"]) == desk.signOn.sessionName(of: desk.session.id, for: target))
        #expect(sid(answer["access_token"]) != sid(token))
    }
}
