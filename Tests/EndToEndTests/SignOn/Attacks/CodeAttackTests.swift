import Primitives
import Testing

/// Codes that are stolen, injected or stripped of their proof.
@Suite struct `Attacks on codes` {
    private let site: SignOnSite
    private let basic: RelyingParty
    private let native: RelyingParty

    init() throws {
        site = try SignOnSite.shared
        basic = try RelyingParty(site.portals.basic, at: site)
        native = try RelyingParty(site.portals.native, at: site)
    }

    @Test func `a native app without challenge, or with a plain one, gets an error and no page`() throws {
        let verifier = AuthorizationAttempt.random()
        for changes in [
            ["code_challenge": nil, "code_challenge_method": nil], ["code_challenge": nil],
            ["code_challenge": verifier, "code_challenge_method": "plain"], ["code_challenge_method": nil],
            ["code_challenge_method": "s256"], ["code_challenge": "short"], ["code_challenge": ""],
        ] as [[String: String?]] {
            let answer = try Browser(site).get(native.address(native.attempt(changes)))
            #expect(Form(queryOf: answer["location"] ?? "")["error"] == "invalid_request", "\(changes)")
        }
    }

    @Test func `a challenge stripped on its way is noticed by the verifier that comes without one`() throws {
        let attempt = basic.attempt()
        let code = try basic.code(attempt, in: Browser(site))
        RelyingParty.expect(
            try basic.redeem(code, attempt, ["code_verifier": attempt.verifier]), "invalid_grant", statuses: [400])
        let challenged = basic.attempt(usesProofKey: true)
        let second = try basic.code(challenged, in: Browser(site))
        for verifier in [nil, "", AuthorizationAttempt.random(), challenged.form["code_challenge"]] {
            RelyingParty.expect(
                try basic.redeem(second, challenged, ["code_verifier": verifier]), "invalid_grant", "invalid_request",
                statuses: [400])
        }
        #expect(try basic.redeem(second, challenged).status == 200)
    }

    @Test func `a stolen code is of no use at another portal, in another session or with another way back`() throws {
        let mine = native.attempt()
        let stolen = try native.code(mine, in: Browser(site))
        let theirs = native.attempt()
        RelyingParty.expect(try native.redeem(stolen, theirs), "invalid_grant", statuses: [400])
        RelyingParty.expect(
            try native.redeem(stolen, mine, ["redirect_uri": "http://127.0.0.1:7001/callback"]), "invalid_grant",
            statuses: [400])
        RelyingParty.expect(try native.redeem(stolen, mine, ["redirect_uri": nil]), "invalid_grant", "invalid_request")
        let second = try RelyingParty(site.portals.second, at: site)
        RelyingParty.expect(
            try second.post("/token", native.redemption(stolen, mine)), "invalid_grant", statuses: [400])
        #expect(try native.redeem(stolen, mine).status == 200, "none of it spent the code")
    }

    @Test func `changed, cut and foreign codes are refused alike`() throws {
        let attempt = basic.attempt()
        let code = try basic.code(attempt, in: Browser(site))
        let flipped = code.replacing(code.prefix(1), with: code.hasPrefix("A") ? "B" : "A", maxReplacements: 1)
        for wrong in [flipped, String(code.dropLast()), code + "A", "", " " + code, code.lowercased() + "="] {
            RelyingParty.expect(
                try basic.redeem(wrong, attempt), "invalid_grant", "invalid_request", statuses: [400])
        }
        #expect(try basic.redeem(code, attempt).status == 200)
    }

    @Test func `a code bound to a key is of no use without it`() throws {
        let party = try RelyingParty(site.portals.basic, at: site)
        let key = try ClientKey(.es256)
        let attempt = party.attempt(["dpop_jkt": key.thumbprint])
        let code = try party.code(attempt, in: Browser(site))
        RelyingParty.expect(try party.redeem(code, attempt), "invalid_grant", "invalid_dpop_proof", statuses: [400])
        let proof = try party.proof("POST", "/token", by: key)
        let answer = try party.post("/token", party.redemption(code, attempt), proofs: [proof])
        #expect(try Tokens(answer).object["token_type"] == "DPoP")
    }

    @Test func `a device gets nothing for a code of the browser, and a browser nothing for a device's`() throws {
        let attempt = native.attempt()
        let code = try native.code(attempt, in: Browser(site))
        let grant = "urn:ietf:params:oauth:grant-type:device_code"
        RelyingParty.expect(
            try native.post("/token", ["grant_type": grant, "device_code": code]), "invalid_grant", "expired_token",
            statuses: [400])
        let started = try native.post("/device_authorization", ["scope": "openid"])
        #expect(started.status == 200, "\(started.text)")
        let device = try #require(started.json?["device_code"]?.string)
        RelyingParty.expect(try native.redeem(device, attempt), "invalid_grant", statuses: [400])
        RelyingParty.expect(
            try native.post("/token", ["grant_type": grant, "device_code": device]), "authorization_pending",
            statuses: [400])
    }
}
