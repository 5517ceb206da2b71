import Foundation
import Primitives
import Testing

/// Tokens used as what they are not, or by whom they are not for.
@Suite struct `Tokens in wrong hands and places` {
    private let site: SignOnSite
    private let basic: RelyingParty
    private let second: RelyingParty
    private let registry: RelyingParty

    init() throws {
        site = try SignOnSite.shared
        basic = try RelyingParty(site.portals.basic, at: site)
        second = try RelyingParty(site.portals.second, at: site)
        registry = try RelyingParty(site.portals.registry, at: site)
    }

    @Test func `no token passes for another kind`() throws {
        let tokens = try basic.tokens(["scope": "openid offline_access"])
        let (idToken, refresh) = (try #require(tokens.idToken), try #require(tokens.refresh))
        for wrong in [idToken, refresh, JWTText.unsigned(tokens.access), tokens.access + "A", "x", "a.b.c"] {
            let answer = try basic.userInfo(wrong)
            #expect(answer.status == 401 && answer.json?["error"] == "invalid_token", "\(answer.text)")
        }
        for wrong in [idToken, tokens.access] {
            RelyingParty.expect(try basic.refresh(wrong), "invalid_grant", statuses: [400])
        }
        #expect(try !basic.isActive(idToken), "an ID token is nothing to introspect")
        let keyed = try RelyingParty(site.portals.keyed, at: site)
        for wrong in [idToken, tokens.access] {
            let answer = try keyed.post(
                "/introspect", ["token": "x"], credentials: RelyingParty.asserting(wrong), proofs: [])
            RelyingParty.expect(answer, "invalid_client", statuses: [401])
        }
        // An assertion is signed by a known key, but is no access token.
        #expect(try basic.userInfo(keyed.assertion()).status == 401)
        #expect(try basic.userInfo(tokens.access).status == 200)
    }

    @Test func `a token for another audience opens nothing here`() throws {
        let tokens = try basic.tokens(["resource": "https://registry.example/api"])
        #expect(try site.claims(tokens.access)["aud"] == "https://registry.example/api")
        #expect(try basic.userInfo(tokens.access).status == 401)
        #expect(try registry.isActive(tokens.access))
    }

    @Test func `a portal's own token is not a person's`() throws {
        let system = try RelyingParty(site.portals.system, at: site)
        let answer = try system.post("/token", ["grant_type": "client_credentials", "scope": "license:read"])
        let token = try Tokens(answer)
        #expect(token.refresh == nil && token.idToken == nil)
        #expect([401, 403].contains(try system.userInfo(token.access).status))
        RelyingParty.expect(
            try system.post("/token", ["grant_type": "client_credentials", "scope": "openid"]), "invalid_scope")
        RelyingParty.expect(
            try basic.post("/token", ["grant_type": "client_credentials"]), "unauthorized_client")
        RelyingParty.expect(
            try basic.post("/token", ["grant_type": "password", "username": "canary", "password": "x"]),
            "unsupported_grant_type")
    }

    @Test func `introspection tells a portal of its own tokens and a resource of those sent to it, and no one else`()
        throws
    {
        let tokens = try basic.tokens(["scope": "openid offline_access"])
        let refresh = try #require(tokens.refresh)
        for token in [tokens.access, refresh] {
            let own = try basic.introspect(token)
            #expect(own.json?["active"] == true && own.json?["client_id"] == "basic")
            for stranger in [second, registry, try RelyingParty(site.portals.elsewhere, at: site)] {
                #expect(try stranger.introspect(token).text == #"{"active":false}"#, "\(stranger.portal.id)")
            }
        }
        #expect(try basic.introspect("nonsense").text == #"{"active":false}"#)
        let answer = try basic.post("/introspect", ["token": tokens.access], credentials: .anonymous)
        RelyingParty.expect(answer, "invalid_client", statuses: [401])
        let native = try RelyingParty(site.portals.native, at: site)
        RelyingParty.expect(try native.introspect(tokens.access), "invalid_client", statuses: [401])
    }

    @Test func `revocation is for one's own tokens`() throws {
        let tokens = try basic.tokens(["scope": "openid offline_access"])
        let refresh = try #require(tokens.refresh)
        for token in [tokens.access, refresh] {
            let answer = try second.revoke(token)
            #expect(answer.status == 400 || answer.status == 200)
            #expect(try basic.isActive(token), "somebody else's word counts for nothing")
        }
        #expect(try basic.revoke("nonsense").status == 200)
        #expect(try basic.revoke(tokens.access).status == 200)
        #expect(try basic.userInfo(tokens.access).status == 401)
        #expect(try basic.isActive(refresh), "the rest of the grant lives")
        let renewed = try Tokens(basic.refresh(refresh))
        #expect(try basic.revoke(refresh).status == 200)
        #expect(try basic.userInfo(renewed.access).status == 401, "and dies with its refresh token")
        RelyingParty.expect(try basic.refresh(refresh), "invalid_grant", statuses: [400])
    }

    // MARK: Token exchange

    private func exchange(
        _ party: RelyingParty, _ token: String, _ changes: [String: String?] = [:]
    ) throws -> HTTPAnswer {
        let form: Form = [
            "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token": token,
            "subject_token_type": "urn:ietf:params:oauth:token-type:access_token", "audience": "registry",
        ]
        return try party.post("/token", form.with(changes))
    }

    @Test func `exchange reaches allowed targets, narrows, and tells whose hands it went through`() throws {
        let tokens = try basic.tokens(["scope": "openid profile"])
        let exchanged = try Tokens(exchange(basic, tokens.access, ["scope": "openid"]))
        #expect(exchanged.refresh == nil)
        let (before, after) = (try site.claims(tokens.access), try site.claims(exchanged.access))
        #expect(after["act"]?["sub"] == "basic" && after["scope"] == "openid")
        #expect(after["acr"] == before["acr"])
        #expect(try registry.isActive(exchanged.access))
        #expect(try basic.userInfo(exchanged.access).status == 401, "it is for the registry")
    }

    @Test func `exchange is refused for targets, tokens and scopes that are not the caller's`() throws {
        let tokens = try basic.tokens(["scope": "openid"])
        for target in ["elsewhere", "second", "nobody", "basic"] {
            RelyingParty.expect(try exchange(basic, tokens.access, ["audience": target]), "invalid_target")
        }
        let wider = try Tokens(exchange(basic, tokens.access, ["scope": "openid email"]))
        #expect(wider.object["scope"] == "openid", "scopes only narrow")
        RelyingParty.expect(
            try exchange(basic, try second.tokens().access), "invalid_request", "invalid_grant")
        RelyingParty.expect(
            try exchange(basic, try #require(tokens.idToken)), "invalid_request", "invalid_grant")
        RelyingParty.expect(try exchange(second, tokens.access), "unauthorized_client")
        let system = try RelyingParty(site.portals.system, at: site)
        RelyingParty.expect(try exchange(system, tokens.access), "invalid_request", "invalid_grant")
        #expect(try basic.revoke(tokens.access).status == 200)
        RelyingParty.expect(try exchange(basic, tokens.access), "invalid_request", "invalid_grant")
    }

    @Test func `a target of exchange is named by its id or its exact URI, and the token is for what was named`() throws
    {
        let uri = "https://registry.example/api"
        let tokens = try basic.tokens(["scope": "openid"])
        for changes in [["audience": "registry"], ["audience": uri], ["audience": nil, "resource": uri]] {
            let exchanged = try Tokens(exchange(basic, tokens.access, changes))
            let named = changes["resource"] ?? changes["audience"] ?? nil
            #expect(try site.claims(exchanged.access)["aud"]?.string == named)
            #expect(try registry.isActive(exchanged.access), "\(changes)")
            #expect(try registry.introspect(exchanged.access).json?["aud"]?.string == named)
            let elsewhere = try RelyingParty(site.portals.elsewhere, at: site)
            #expect(try elsewhere.introspect(exchanged.access).text == #"{"active":false}"#)
        }
        for wrong in [
            uri + "/", uri + "?", "https://registry.example", "https://REGISTRY.example/api",
            "HTTPS" + uri.dropFirst(5),
            "Registry", "registry ", "https://elsewhere.example/", site.issuer, "",
        ] {
            RelyingParty.expect(
                try exchange(basic, tokens.access, ["audience": wrong]), "invalid_target", statuses: [400])
        }
        for changes in [["audience": nil], ["audience": nil, "resource": "registry"], ["resource": "registry"]] {
            RelyingParty.expect(try exchange(basic, tokens.access, changes), "invalid_target", statuses: [400])
        }
        #expect(try exchange(basic, tokens.access).status == 200, "none of it spent the token")
    }

    @Test func `two sectors cannot tell that it is the same person, one sector can`() throws {
        let asking = try RelyingParty(site.portals.asking, at: site)
        let browser = Browser(site)
        let subjects = try [basic, second, asking].map { party in
            let idToken = try #require(try party.tokens(in: browser).idToken)
            return try #require(try site.claims(idToken)["sub"]?.string)
        }
        #expect(subjects[0] == subjects[1] && subjects[0] != subjects[2])
        #expect(!subjects.contains(site.citizen.id))
    }

    @Test func `neither log nor audit holds a token, code, secret or personal datum`() throws {
        let attempt = basic.attempt(["scope": "openid profile email offline_access"])
        let browser = Browser(site)
        let code = try basic.code(attempt, in: browser)
        let tokens = try Tokens(basic.redeem(code, attempt))
        _ = try basic.redeem("A" + code.dropFirst(), attempt)
        _ = try basic.userInfo(tokens.access)
        let cookies = browser.cookies.values.map { $0 }
        let secrets =
            [code, tokens.access, tokens.refresh ?? "-", tokens.idToken ?? "-", site.citizen.password, "canary@mail"]
            + ["卡娜莉", "5555 0100", "第一大街", "canary", Form.encoded(code)] + cookies
        let said = try site.service.log() + site.office.run(["audit", "export"]).output
        for secret in secrets { #expect(!said.contains(secret), "\(secret.prefix(12))… is in what was said") }
    }
}
