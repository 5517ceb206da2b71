import Audit
import Identity
import OpenSSLCrypto
import Primitives
import Testing

@Suite struct ClientAuthenticationTests {
    private func portal(
        _ desk: TokenDesk, _ pairs: [(String, String)], header: String? = nil,
        endpoint: TokenRequest.Endpoint = .token
    ) async throws -> String? {
        let parameters = try #require(Parameters(pairs.map { (name: $0.0, value: $0.1) }))
        let request = TokenRequest(endpoint: endpoint, parameters: parameters, authorization: header, proofs: [])
        do {
            return try await ClientAuthentication(desk.signOn, memory: desk.memory).authenticate(request).id
        } catch TokenRefusal.client {
            return nil
        }
    }

    @Test(arguments: ["citizen", "post", "signed", "app", "bank"])
    func `every method lets the right portal in`(id: String) async throws {
        let desk = try await TokenDesk()
        let request = desk.request(id, [:])
        #expect(try await ClientAuthentication(desk.signOn, memory: desk.memory).authenticate(request).id == id)
    }

    @Test func `a wrong secret, an unknown portal, no credentials and the wrong method are one refusal`() async throws {
        let desk = try await TokenDesk()
        let secret = ("client_secret", TestDesk.secret)
        #expect(try await portal(desk, [], header: TokenDesk.basic("citizen", "wrong")) == nil)
        #expect(try await portal(desk, [], header: TokenDesk.basic("nobody")) == nil)
        #expect(try await portal(desk, []) == nil)
        #expect(try await portal(desk, [("client_id", "citizen")]) == nil)
        #expect(try await portal(desk, [("client_id", "citizen"), secret]) == nil)
        #expect(try await portal(desk, [("client_id", "app"), secret]) == nil)
        #expect(try await portal(desk, [], header: TokenDesk.basic("post")) == nil)
        #expect(try await portal(desk, [], header: TokenDesk.basic("signed")) == nil)
        #expect(try await portal(desk, [secret]) == nil)
        #expect(try await portal(desk, [], header: "Bearer abc") == nil)
        #expect(OAuthAnswer(TokenRefusal.client).status == 401)
    }

    @Test func `two methods at once are refused even when both are right`() async throws {
        let desk = try await TokenDesk()
        let header = TokenDesk.basic("citizen")
        #expect(try await portal(desk, [("client_secret", TestDesk.secret)], header: header) == nil)
        #expect(try await portal(desk, [("client_assertion", "a")], header: header) == nil)
        #expect(try await portal(desk, [("client_assertion_type", "a")], header: header) == nil)
        #expect(
            try await portal(
                desk, [("client_id", "post"), ("client_secret", TestDesk.secret), ("client_assertion", "a")]) == nil)
    }

    @Test func `a name in the form must be the one that is proven`() async throws {
        let desk = try await TokenDesk()
        let header = TokenDesk.basic("citizen")
        #expect(try await portal(desk, [("client_id", "citizen")], header: header) == "citizen")
        #expect(try await portal(desk, [("client_id", "shop")], header: header) == nil)
    }

    @Test func `a repeated parameter is a fault of the request`() async throws {
        let desk = try await TokenDesk()
        let request = desk.request("post", ["grant_type": "refresh_token"], more: [("client_id", "post")])
        #expect(try await desk.refusal(request) == .invalidRequest)
    }

    @Test(arguments: [TokenRequest.Endpoint.introspection, .pushedRequest])
    func `a bare name opens neither introspection nor pushed requests`(
        endpoint: TokenRequest.Endpoint
    ) async throws {
        let desk = try await TokenDesk()
        #expect(try await portal(desk, [("client_id", "app")], endpoint: endpoint) == nil)
    }

    @Test func `refusals are written down, known portal or not, until there are too many`() async throws {
        let desk = try await TokenDesk()
        for number in 0..<100 {
            let name = number.isMultiple(of: 2) ? "citizen" : "nobody\(number)"
            #expect(try await portal(desk, [], header: TokenDesk.basic(name, "wrong")) == nil)
        }
        let entries = desk.entries(.portalRefused)
        #expect(entries.count == 60)
        #expect(entries.filter { $0.details["portal"] == "citizen" }.count == 30)
        #expect(entries.allSatisfy { $0.outcome == .refused })
        desk.desk.clock.advance(by: 60)
        #expect(try await portal(desk, [], header: TokenDesk.basic("citizen", "wrong")) == nil)
        #expect(desk.entries(.portalRefused).last?.details["skipped"] == 40)
    }
}
