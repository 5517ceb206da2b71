import Foundation
import Primitives
import Testing

/// Modules of the FAPI 2.0 plan about DPoP proofs.
@Suite struct `FAPI 2.0: proofs of possession` {
    private let site: SignOnSite
    private let fapi: RelyingParty

    init() throws {
        site = try SignOnSite.shared
        fapi = try RelyingParty(site.portals.fapi, at: site)
    }

    private func seconds(_ ahead: Int) -> JSONValue { .integer(Int(Date().timeIntervalSince1970) + ahead) }

    /// A flow whose proofs at push, token and userinfo have changed claims.
    private func flow(_ changes: [String: JSONValue?]) throws {
        let attempt = fapi.attempt()
        let pushed = try fapi.post("/par", attempt.form, proofs: [try fapi.proof("POST", "/par", changes)])
        let arrival = try Browser(site).travel(fapi.address(pushed: pushed))
        let code = try #require(arrival.code)
        let proof = try fapi.proof("POST", "/token", changes)
        let tokens = try Tokens(fapi.post("/token", fapi.redemption(code, attempt), proofs: [proof]))
        let resource = try fapi.proof("GET", "/userinfo", token: tokens.access, changes)
        #expect(try fapi.userInfo(tokens.access, proofs: [resource]).status == 200)
    }

    @Test func `fapi2-security-profile-final-check-dpop-proof-nbf-exp: they are allowed`() throws {
        try flow(["nbf": seconds(0), "exp": seconds(300)])
    }

    @Test func `fapi2-security-profile-final-ensure-dpopproof-with-iat-10seconds-before-succeeds: in the past`() throws
    {
        try flow(["iat": seconds(-10)])
    }

    @Test func `fapi2-security-profile-final-ensure-dpopproof-with-iat-10seconds-after-succeeds: in the future`() throws
    {
        try flow(["iat": seconds(10)])
    }

    @Test func `fapi2-security-profile-final-access-token-type-header-case-sensitivity: the scheme has no case`() throws
    {
        let tokens = try fapi.tokens()
        for scheme in ["DPoP", "dpop", "DPOP", "dPoP"] {
            #expect(try fapi.userInfo(tokens.access, scheme: scheme).status == 200, "\(scheme)")
        }
    }

    // MARK: Keys that a code is bound to

    @Test func `fapi2-security-profile-final-ensure-mismatched-dpop-jkt-fails: another key than the proof's`() throws {
        let other = try ClientKey(.es256)
        let answer = try fapi.post("/par", fapi.attempt(["dpop_jkt": other.thumbprint]).form)
        RelyingParty.expect(answer, "invalid_request", "invalid_dpop_proof", statuses: [400])
    }

    @Test
    func `fapi2-security-profile-final-ensure-token-endpoint-fails-with-mismatched-dpop-proof-jkt: bound at the push`()
        throws
    {
        let attempt = fapi.attempt()
        let code = try fapi.code(attempt, in: Browser(site))
        let proof = try fapi.proof("POST", "/token", by: ClientKey(.es256))
        let answer = try fapi.post("/token", fapi.redemption(code, attempt), proofs: [proof])
        RelyingParty.expect(answer, "invalid_grant", "invalid_dpop_proof", "invalid_request", statuses: [400])
    }

    @Test func `fapi2-security-profile-final-ensure-token-endpoint-fails-with-mismatched-dpop-jkt: bound by its name`()
        throws
    {
        let attempt = fapi.attempt(["dpop_jkt": try #require(fapi.proofKey).thumbprint])
        let pushed = try fapi.post("/par", attempt.form, proofs: [])
        let code = try #require(try Browser(site).travel(fapi.address(pushed: pushed)).code)
        let proof = try fapi.proof("POST", "/token", by: ClientKey(.es256))
        let answer = try fapi.post("/token", fapi.redemption(code, attempt), proofs: [proof])
        RelyingParty.expect(answer, "invalid_grant", "invalid_dpop_proof", "invalid_request", statuses: [400])
    }

    @Test func `fapi2-security-profile-final-ensure-dpopproof-at-par-endpoint-binding-success: the same key`() throws {
        let attempt = fapi.attempt()
        let pushed = try fapi.post("/par", attempt.form, proofs: [try fapi.proof("POST", "/par")])
        let code = try #require(try Browser(site).travel(fapi.address(pushed: pushed)).code)
        #expect(try fapi.redeem(code, attempt).status == 200)
    }

    @Test func `fapi2-security-profile-final-ensure-dpop-auth-code-binding-success: dpop_jkt and proof agree`() throws {
        let attempt = fapi.attempt(["dpop_jkt": try #require(fapi.proofKey).thumbprint])
        let code = try fapi.code(attempt, in: Browser(site))
        #expect(try fapi.redeem(code, attempt).status == 200)
    }

    // MARK: Everything RFC 9449 §4.3 lists, at userinfo

    /// Claims and header members that make a proof worthless; `nil` takes one out.
    private static let wrong: [(what: String, claims: [String: JSONValue?], header: [String: JSONValue?])] = [
        ("no typ", [:], ["typ": nil]), ("another typ", [:], ["typ": "JWT"]), ("no alg", [:], ["alg": nil]),
        ("alg none", [:], ["alg": "none"]), ("another alg", [:], ["alg": "PS256"]), ("no jwk", [:], ["jwk": nil]),
        ("no jti", ["jti": nil], [:]), ("no htm", ["htm": nil], [:]), ("no htu", ["htu": nil], [:]),
        ("no iat", ["iat": nil], [:]), ("no ath", ["ath": nil], [:]), ("another htm", ["htm": "PUT"], [:]),
        ("another htu", ["htu": "https://other.example/userinfo"], [:]), ("another ath", ["ath": "AAAA"], [:]),
        ("foreign nonce", ["nonce": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"], [:]),
    ]

    @Test func `fapi2-security-profile-final-dpop-negative-tests: what is missing or wrong`() throws {
        let token = try fapi.tokens().access
        func status(_ proofs: [String]) throws -> Int { try fapi.userInfo(token, proofs: proofs).status }
        for (what, claims, header) in Self.wrong {
            let proof = try fapi.proof("GET", "/userinfo", token: token, claims, header: header)
            #expect([400, 401].contains(try status([proof])), "\(what)")
        }
        let good = try fapi.proof("GET", "/userinfo", token: token)
        let another = try fapi.proof("GET", "/userinfo", token: token)
        #expect([400, 401].contains(try status([good, another])), "two headers")
        #expect([400, 401].contains(try status([])), "none")
        #expect([400, 401].contains(try fapi.userInfo(token, scheme: "Bearer", proofs: []).status), "as bearer")
        #expect([400, 401].contains(try fapi.userInfo(token, scheme: "Bearer", proofs: [another]).status))
        #expect([400, 401].contains(try status(["not a JWT"])))
        #expect([400, 401].contains(try status([good + "A"])))
        #expect(
            [400, 401].contains(try status([good.split(separator: ".").dropLast().joined(separator: ".") + ".AAAA"])))
        for hour in [3600, -3600] {
            let proof = try fapi.proof("GET", "/userinfo", token: token, ["iat": seconds(hour)])
            #expect([400, 401].contains(try status([proof])), "an hour off")
        }
        let rsa = try fapi.proof("GET", "/userinfo", token: token, by: site.keys.rsa.rs256)
        #expect([400, 401].contains(try status([rsa])), "RS256")
        let foreign = try fapi.proof("GET", "/userinfo", token: token, by: ClientKey(.es256))
        #expect([400, 401].contains(try status([foreign])), "another key")
        let members = try #require(fapi.proofKey).publicMembers.with(["d": "AAAA"])
        let secret = try fapi.proof("GET", "/userinfo", token: token, header: ["jwk": .object(members)])
        #expect([400, 401].contains(try status([secret])), "a private key in sight")
        #expect(try fapi.userInfo(token).status == 200, "the token was good all the time")
    }

    @Test func `fapi2-security-profile-final-dpop-negative-tests: what must be let pass, and no proof twice`() throws {
        let token = try fapi.tokens().access
        func status(_ claims: [String: JSONValue?], header: [String: JSONValue?] = [:]) throws -> Int {
            try fapi.userInfo(
                token, proofs: [try fapi.proof("GET", "/userinfo", token: token, claims, header: header)]
            ).status
        }
        let address = site.issuer + "/userinfo"
        #expect(try status(["htu": .string(address + "?a=b#c")]) == 200, "query and fragment do not count")
        let upper = address.replacing("http://localhost", with: "HTTP://LOCALHOST")
        #expect(try status(["htu": .string(upper)]) == 200, "scheme and host have no case")
        #expect(try status(["more": "claims"], header: ["more": "members"]) == 200, "what is unknown is ignored")
        let proof = try fapi.proof("GET", "/userinfo", token: token)
        #expect(try fapi.userInfo(token, proofs: [proof]).status == 200)
        #expect([400, 401].contains(try fapi.userInfo(token, proofs: [proof]).status), "a proof is spent")
    }

    @Test func `fapi2-security-profile-final-dpop-negative-tests: the default port may be written out`() throws {
        let site = try SignOnSite.hasty
        let fapi = try RelyingParty(site.portals.fapi, at: site)
        let token = try fapi.tokens().access
        let changes: [String: JSONValue?] = ["htu": "https://sign-on.example:443/userinfo"]
        let proof = try fapi.proof("GET", "/userinfo", token: token, changes)
        #expect(try fapi.userInfo(token, proofs: [proof]).status == 200)
    }

    @Test func `a nonce is offered, and a proof with it is good`() throws {
        let attempt = fapi.attempt()
        let pushed = try fapi.post("/par", attempt.form)
        let nonce = try #require(pushed["dpop-nonce"])
        let code = try #require(try Browser(site).travel(fapi.address(pushed: pushed)).code)
        let proof = try fapi.proof("POST", "/token", ["nonce": .string(nonce), "iat": seconds(-200)])
        #expect(try fapi.post("/token", fapi.redemption(code, attempt), proofs: [proof]).status == 200)
    }
}
