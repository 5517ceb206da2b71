import Foundation
import JOSE
import OpenSSLCrypto
import Primitives
import Testing

/// Modules of the Basic OP plan about requests, codes and ID tokens.
@Suite struct `Basic OP: requests, codes and ID tokens` {
    private let site: SignOnSite
    private let basic: RelyingParty

    init() throws {
        site = try SignOnSite.shared
        basic = try RelyingParty(site.portals.basic, at: site)
    }

    /// The answer of `/authorize` is whole: a code, the state that was sent, and who it is from (RFC 9207).
    private func code(_ arrival: Arrival, _ attempt: AuthorizationAttempt) throws -> String {
        #expect(arrival.answer.status == 303)
        #expect(arrival.location?.hasPrefix(attempt.form["redirect_uri"] ?? "none") == true)
        #expect(arrival.parameters["state"] == attempt.state)
        #expect(arrival.parameters["iss"] == site.issuer)
        #expect(arrival.answer["cache-control"]?.contains("no-store") == true)
        return try #require(arrival.code, "\(arrival.location ?? arrival.answer.heading)")
    }

    /// From request to tokens, everything checked on the way.
    private func flow(_ party: RelyingParty, _ attempt: AuthorizationAttempt) throws -> (Tokens, JSONObject) {
        let arrival = try Browser(site).travel(party.address(attempt))
        let answer = try party.redeem(code(arrival, attempt), attempt)
        #expect(answer["cache-control"]?.contains("no-store") == true)
        #expect(answer["content-type"]?.hasPrefix("application/json") == true)
        let tokens = try Tokens(answer)
        #expect(tokens.object["token_type"]?.string?.lowercased() == "bearer")
        #expect((tokens.object["expires_in"]?.integer ?? 0) > 0)
        return (tokens, try party.idToken(tokens, nonce: attempt.nonce))
    }

    @Test func `oidcc-server: two portals get codes, ID tokens and userinfo`() throws {
        let second = try RelyingParty(site.portals.second, at: site)
        for party in [basic, second] {
            let (tokens, claims) = try flow(party, party.attempt())
            let info = try party.userInfo(tokens.access)
            #expect(info.status == 200)
            #expect(info.json?["sub"] == claims["sub"])
            let hash = OpenSSLHashing().sha256(Array(tokens.access.utf8)).bytes.prefix(16)
            #expect(claims["at_hash"]?.string == Base64.encodeURL(Array(hash)))
        }
    }

    @Test func `oidcc-server-client-secret-post: a secret in the body does as well`() throws {
        let post = try RelyingParty(site.portals.post, at: site)
        let (tokens, claims) = try flow(post, post.attempt())
        #expect(try post.userInfo(tokens.access).json?["sub"] == claims["sub"])
    }

    @Test func `oidcc-response-type-missing: the portal is told`() throws {
        let attempt = basic.attempt(["response_type": nil])
        let arrival = try Browser(site).travel(basic.address(attempt))
        #expect(["invalid_request", "unsupported_response_type"].contains(arrival.error ?? ""))
        #expect(arrival.parameters["state"] == attempt.state)
        #expect(arrival.asked.isEmpty)
    }

    @Test func `oidcc-idtoken-signature: RS256 where the portal wants it, by a published key with a kid`() throws {
        let tokens = try basic.tokens()
        let jws = try site.verified(try #require(tokens.idToken))
        #expect(jws.algorithm == .rs256)
        #expect(jws.keyID?.isEmpty == false)
    }

    @Test func `an EdDSA ID token where the portal wants it, by a published Ed25519 key, which is known again`() throws
    {
        let edwards = try RelyingParty(site.portals.edwards, at: site)
        let (tokens, claims) = try flow(edwards, edwards.attempt())
        let text = try #require(tokens.idToken)
        let jws = try site.verified(text)
        #expect(jws.algorithm == .eddsa)
        let keys = try #require(try site.get("/jwks").json?["keys"]?.array)
        let key = try #require(keys.first { $0["kid"]?.string == jws.keyID })
        #expect(key["kty"] == "OKP" && key["crv"] == "Ed25519" && key["alg"] == "EdDSA" && key["d"] == nil)
        #expect(try site.verified(tokens.access).algorithm == .es256)
        let discovery = try #require(try site.get("/.well-known/openid-configuration").json)
        #expect(discovery["id_token_signing_alg_values_supported"]?.array?.contains("EdDSA") == true)
        // The provider itself reads it as a hint, and a changed one is none.
        let browser = Browser(site)
        let own = try #require(try edwards.tokens(in: browser).idToken)
        let other = try site.claims(own)["sub"]
        #expect(other == claims["sub"])
        let page = try browser.follow(browser.get("/logout?" + Form(["id_token_hint": own + "A"]).text))
        #expect(page.form("/logout/decision") != nil)
        let done = try browser.follow(browser.get("/logout?" + Form(["id_token_hint": own]).text))
        #expect(done.text.contains("You are signed out.") && browser.session == nil)
    }

    @Test func `oidcc-idtoken-unsigned: no portal can have ID tokens without signature`() throws {
        let discovery = try #require(try site.get("/.well-known/openid-configuration").json)
        let offered = discovery["id_token_signing_alg_values_supported"]?.array ?? []
        #expect(offered.contains("RS256") && !offered.contains("none"))
        let office = try Chancery(copyingPolicies: true)
        defer { office.remove() }
        try site.portals.write(to: office)
        let file = site.portals.second.file + "idTokenAlgorithm: none\n"
        try office.write(file, to: "policies/portals/second.yaml")
        let run = try office.run(["policy", "check"])
        #expect(run.status == 1)
        #expect((run.talk + run.output).contains("portals/second.yaml"))
    }

    @Test func `oidcc-ensure-request-without-nonce-succeeds-for-code-flow: none goes in, none comes out`() throws {
        let attempt = basic.attempt(["nonce": nil])
        let (_, claims) = try flow(basic, attempt)
        #expect(claims["nonce"] == nil)
    }

    @Test func `oidcc-alternate-happy-flow: order of scopes and parameters does not matter`() throws {
        var attempt = basic.attempt(["scope": "offline_access phone address email profile openid"])
        attempt.form = attempt.form.reversed
        let (tokens, _) = try flow(basic, attempt)
        let scopes = Set((tokens.object["scope"]?.string ?? "").split(separator: " "))
        #expect(scopes == ["openid", "profile", "email", "address", "phone", "offline_access"])
    }

    @Test func `oidcc-ensure-request-with-unknown-parameter-succeeds: it is ignored`() throws {
        let (_, claims) = try flow(basic, basic.attempt(["extra": "foobar"]))
        #expect(claims["extra"] == nil)
    }

    @Test func `oidcc-ensure-post-request-succeeds: a posted request leads to a code`() throws {
        let attempt = basic.attempt()
        let browser = Browser(site)
        let arrival = try browser.travel(from: browser.post("/authorize", attempt.form))
        _ = try basic.idToken(Tokens(basic.redeem(code(arrival, attempt), attempt)), nonce: attempt.nonce)
    }

    @Test func `oidcc-ensure-request-with-valid-pkce-succeeds: a challenge is answered`() throws {
        _ = try flow(basic, basic.attempt(usesProofKey: true))
    }

    @Test func `oidcc-ensure-registered-redirect-uri: another address is an error page, never a redirect`() throws {
        let attempt = basic.attempt(["redirect_uri": "https://basic.example/callback/other"])
        let arrival = try Browser(site).travel(basic.address(attempt))
        #expect(arrival.answer.status == 400 && arrival.location == nil && arrival.asked.isEmpty)
        #expect(arrival.answer["content-type"]?.hasPrefix("text/html") == true)
    }

    @Test func `oidcc-codereuse: the second use of a code is refused`() throws {
        let attempt = basic.attempt()
        let code = try basic.code(attempt, in: Browser(site))
        _ = try Tokens(basic.redeem(code, attempt))
        RelyingParty.expect(try basic.redeem(code, attempt), "invalid_grant", statuses: [400])
    }

    /// Half the life of a code, as 30 seconds are of 60.
    @Test func `oidcc-codereuse-30seconds: used again half a life later it ends what came of it`() async throws {
        try await Crowd.aside {
            let site = try SignOnSite.hasty
            let basic = try RelyingParty(site.portals.basic, at: site)
            let attempt = basic.attempt(["scope": "openid offline_access"])
            let code = try basic.code(attempt, in: Browser(site))
            let tokens = try Tokens(basic.redeem(code, attempt))
            #expect(try basic.userInfo(tokens.access).status == 200)
            usleep(1_500_000)
            RelyingParty.expect(try basic.redeem(code, attempt), "invalid_grant", statuses: [400])
            #expect(try basic.userInfo(tokens.access).status == 401)
            RelyingParty.expect(try basic.refresh(try #require(tokens.refresh)), "invalid_grant")
        }
    }

    // MARK: Request objects, which are not offered and never ignored

    private func unsignedObject(_ claims: [String: String]) -> String {
        let all = JSONObject(claims.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
        return JWTText.text(JSONObject([("alg", "none")]), all, signature: [])
    }

    @Test func `oidcc-request-uri-unsigned-supported-correctly-or-rejected-as-unsupported: it is rejected`() throws {
        let arrival = try Browser(site).travel(
            basic.address(basic.attempt(["request_uri": "https://basic.example/request.jwt"])))
        #expect(arrival.error == "request_uri_not_supported" && arrival.asked.isEmpty)
    }

    @Test func `oidcc-unsigned-request-object-supported-correctly-or-rejected-as-unsupported: it is rejected`() throws {
        let object = unsignedObject(["client_id": "basic", "response_type": "code", "state": "inside"])
        let arrival = try Browser(site).travel(basic.address(basic.attempt(["request": object])))
        #expect(arrival.error == "request_not_supported" && arrival.asked.isEmpty)
        #expect(arrival.parameters["state"] != "inside")
    }

    @Test func `oidcc-ensure-request-object-with-redirect-uri: the address inside is not used`() throws {
        let object = unsignedObject(["client_id": "basic", "redirect_uri": "https://evil.example/"])
        let arrival = try Browser(site).travel(basic.address(basic.attempt(["request": object])))
        #expect(arrival.error == "request_not_supported")
        #expect(arrival.location?.hasPrefix("https://basic.example/callback?") == true)
    }

    @Test func `oidcc-refresh-token: it gives new tokens of the same person, to its own portal alone`() throws {
        let attempt = basic.attempt(["scope": "openid profile offline_access"])
        let tokens = try Tokens(basic.redeem(basic.code(attempt, in: Browser(site)), attempt))
        let before = try basic.idToken(tokens, nonce: attempt.nonce)
        let refresh = try #require(tokens.refresh)
        #expect(try Tokens(basic.refresh(refresh)).idToken == nil, "only who asks for an ID token gets one again")
        let renewed = try Tokens(basic.refresh(refresh, ["scope": "openid profile"]))
        #expect(renewed.access != tokens.access)
        let after = try basic.idToken(renewed, nonce: nil)
        for name in ["iss", "sub", "aud", "azp", "auth_time"] { #expect(after[name] == before[name], "\(name)") }
        #expect(try basic.userInfo(renewed.access).status == 200)
        let second = try RelyingParty(site.portals.second, at: site)
        RelyingParty.expect(try second.refresh(refresh), "invalid_grant")
        #expect(try basic.refresh(renewed.refresh ?? refresh).status == 200, "a foreign try costs nothing")
    }
}
