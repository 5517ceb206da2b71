import Identity
import Primitives
import Testing

@Suite struct StandardClaimsTests {
    private let desk = TestDesk()

    private func grant(_ changes: [String: String?]) async throws -> (Grant, Account) {
        let account = try await desk.addAccount()
        try await TestBrowser(desk).reach("citizen", changes)
        return (try #require(desk.books.step { $0.grants.values.first }), account)
    }

    @Test(arguments: [
        ("openid", []), ("openid profile", ["family_name", "given_name", "name", "updated_at"]),
        ("openid email", ["email", "email_verified"]), ("openid phone", ["phone_number", "phone_number_verified"]),
        ("openid address", ["address"]),
    ])
    func `a scope asks for its claims, at userinfo only`(_ scope: String, _ names: [String]) async throws {
        let (grant, account) = try await grant(["scope": scope])
        #expect(StandardClaims.userInfo(of: account, scopes: grant.scopes, grant: grant).names.sorted() == names)
        #expect(StandardClaims.idToken(of: account, grant: grant).isEmpty)
    }

    @Test func `claims are asked one by one, as far as the portal's scopes go`() async throws {
        let claims = #"{"userinfo": {"email": {"essential": true}, "unheard": null}, "id_token": {"name": null}}"#
        let (grant, account) = try await grant(["scope": "openid", "claims": claims])
        #expect(StandardClaims.userInfo(of: account, scopes: grant.scopes, grant: grant).names == ["email"])
        #expect(StandardClaims.idToken(of: account, grant: grant)["name"] == "王小明")
    }

    @Test func `a portal gets no claim by name that it may not have by scope`() async throws {
        try await desk.addAccount()
        let claims = #"{"userinfo": {"email": {"essential": true}}, "id_token": {"phone_number": null}}"#
        try await TestBrowser(desk).reach("shop", ["scope": "openid", "claims": claims])
        #expect(desk.books.step { $0.grants.values.first?.claims.isEmpty } == true)
    }

    @Test func `data sent are named by scope, or by claim where no scope covers it`() {
        let claims = ClaimsRequest(
            userInfo: ["email": ClaimsRequest.Demand(), "name": ClaimsRequest.Demand()],
            idToken: ["acr": ClaimsRequest.Demand()])
        #expect(
            StandardClaims.data(scopes: ["profile", "openid"], claims: claims) == ["claim:email", "openid", "profile"])
    }

    @Test(arguments: [
        #"{"userinfo": {"name": {"essential": true, "values": ["a", "b"]}}, "id_token": {"acr": null}}"#, "{}",
        #"{"unheard": 7, "userinfo": null}"#,
    ])
    func `a claims request reads back what it writes`(_ text: String) throws {
        let request = try #require(ClaimsRequest(parsing: text))
        #expect(ClaimsRequest(parsing: request.json) == request)
    }

    @Test func `a claims request that would be too long to read back is refused`() async throws {
        let members = (0..<60).map { #""c\#($0)":{"value":"\#(String(repeating: "x", count: 48))"}"# }
        let text = #"{"id_token":{\#(members.joined(separator: ","))}}"#
        #expect(text.utf8.count <= 4096)
        #expect(ClaimsRequest(parsing: text) == nil)
        let step = try await TestBrowser(TestDesk()).authorize("citizen", ["claims": text])
        #expect(try TestBrowser.answer(step)["error"] == "invalid_request")
    }

    @Test(arguments: [
        "", "[]", "{", #"{"userinfo": []}"#, #"{"userinfo": {"name": 7}}"#, #"{"userinfo": {"name": {"values": 7}}}"#,
        #"{"userinfo": {"name": {"essential": "yes"}}}"#, #"{"a": {"b": {"c": {"d": {"e": {"f": {"g": 1}}}}}}}"#,
        #"{"userinfo": {"name": null, "name": null}}"#,
    ])
    func `what is no claims request is not read`(_ text: String) {
        #expect(ClaimsRequest(parsing: text) == nil)
    }
}
