import Primitives
import Testing

/// Modules of the Basic OP plan about userinfo, scopes and claims.
@Suite struct `Basic OP: userinfo, scopes and claims` {
    private let site: SignOnSite
    private let basic: RelyingParty

    init() throws {
        site = try SignOnSite.shared
        basic = try RelyingParty(site.portals.basic, at: site)
    }

    private static let profile: [String: JSONValue] = [
        "name": "卡娜莉", "given_name": "娜莉", "family_name": "卡",
    ]
    private static let email: [String: JSONValue] = ["email": "canary@mail.example", "email_verified": true]
    private static let phone: [String: JSONValue] = ["phone_number": "+86 10 5555 0100"]
    private static let address: [String: JSONValue] = [
        "address": .object(JSONObject([("formatted", "示例市第一大街 1 号")]))
    ]

    /// What userinfo tells for scopes; the ID token must tell nothing of it.
    private func userInfo(_ scope: String) throws -> JSONObject {
        let attempt = basic.attempt(["scope": scope])
        let tokens = try Tokens(basic.redeem(basic.code(attempt, in: Browser(site)), attempt))
        let claims = try basic.idToken(tokens, nonce: attempt.nonce)
        for name in ["name", "email", "phone_number", "address"] { #expect(claims[name] == nil, "\(name)") }
        let answer = try basic.userInfo(tokens.access)
        #expect(answer.status == 200)
        #expect(answer["content-type"]?.hasPrefix("application/json") == true)
        let info = try #require(answer.json?.object)
        #expect(info["sub"] == claims["sub"])
        return info
    }

    private func expect(_ info: JSONObject, has expected: [[String: JSONValue]], not unexpected: [[String: JSONValue]])
    {
        for (name, value) in expected.flatMap({ $0 }) { #expect(info[name] == value, "\(name)") }
        for name in unexpected.flatMap(\.keys) { #expect(info[name] == nil, "\(name)") }
    }

    @Test func `oidcc-scope-profile: the names, and when they changed last`() throws {
        let info = try userInfo("openid profile")
        expect(info, has: [Self.profile], not: [Self.email, Self.phone, Self.address])
        #expect((info["updated_at"]?.integer ?? 0) > 1_700_000_000)
    }

    @Test func `oidcc-scope-email: the address and whether it was checked`() throws {
        expect(try userInfo("openid email"), has: [Self.email], not: [Self.profile, Self.phone, Self.address])
    }

    @Test func `oidcc-scope-address: an object`() throws {
        expect(try userInfo("openid address"), has: [Self.address], not: [Self.profile, Self.email, Self.phone])
    }

    @Test func `oidcc-scope-phone: the number`() throws {
        expect(try userInfo("openid phone"), has: [Self.phone], not: [Self.profile, Self.email, Self.address])
    }

    @Test func `oidcc-scope-all: everything`() throws {
        let info = try userInfo("openid profile email address phone")
        expect(info, has: [Self.profile, Self.email, Self.phone, Self.address], not: [])
    }

    @Test func `oidcc-userinfo-get: the token in a header`() throws {
        let tokens = try basic.tokens()
        let answer = try basic.userInfo(tokens.access)
        #expect(answer.status == 200)
        #expect(answer.json?["sub"] == (try site.claims(try #require(tokens.idToken)))["sub"])
    }

    @Test func `oidcc-userinfo-post-header: POST with the token in a header`() throws {
        let tokens = try basic.tokens()
        let answer = try basic.userInfo(tokens.access, method: "POST")
        #expect(answer.status == 200)
        #expect(answer.json?["sub"] == (try site.claims(try #require(tokens.idToken)))["sub"])
    }

    @Test func `oidcc-userinfo-post-body: POST with the token in the form`() throws {
        let tokens = try basic.tokens()
        let answer = try site.post("/userinfo", ["access_token": tokens.access])
        #expect(answer.status == 200)
        #expect(answer.json?["sub"] == (try site.claims(try #require(tokens.idToken)))["sub"])
    }

    @Test func `oidcc-claims-essential: a claim asked for by name comes without its scope`() throws {
        let tokens = try basic.tokens(["scope": "openid", "claims": #"{"userinfo":{"name":{"essential":true}}}"#])
        let info = try #require(try basic.userInfo(tokens.access).json)
        #expect(info["name"] == "卡娜莉")
        #expect(info["given_name"] == nil && info["email"] == nil)
    }
}
