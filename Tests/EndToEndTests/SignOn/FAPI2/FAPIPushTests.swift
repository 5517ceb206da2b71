import Foundation
import Primitives
import Testing

/// Modules of the FAPI 2.0 plan about pushed requests and PKCE.
@Suite struct `FAPI 2.0: pushed requests and PKCE` {
    private let site: SignOnSite
    private let fapi: RelyingParty

    init() throws {
        site = try SignOnSite.shared
        fapi = try RelyingParty(site.portals.fapi, at: site)
    }

    /// FAPI 2.0 §5.3.2.2 note 3 recommends to spend a request when somebody has answered. Here it is spent when a browser
    /// shows it, so that no second browser can, and that browser goes on from the address it was led to.
    @Test
    func `fapi2-security-profile-final-par-ensure-reused-request-uri-prior-to-auth-completion-succeeds: by its flow`()
        throws
    {
        let attempt = fapi.attempt()
        let browser = Browser(site)
        let first = try browser.get(fapi.address(attempt))
        let flow = try #require(first["location"])
        #expect(try browser.get(flow).form("/sign-in") != nil)
        #expect(try browser.travel(flow).code != nil, "loaded again it leads to the code")
    }

    @Test func `fapi2-security-profile-final-par-attempt-reuse-request_uri: a used one is an error page`() throws {
        let address = try fapi.address(fapi.attempt())
        let browser = Browser(site)
        #expect(try browser.travel(address).code != nil)
        for browser in [browser, Browser(site)] {
            let again = try browser.travel(address)
            #expect(again.answer.status == 400 && again.location == nil && again.asked.isEmpty)
        }
    }

    @Test func `fapi2-security-profile-final-par-attempt-to-use-expired-request_uri: too old is an error page`()
        async throws
    {
        let site = try SignOnSite.hasty
        let fapi = try RelyingParty(site.portals.fapi, at: site)
        let pushed = try fapi.post("/par", fapi.attempt().form)
        #expect(pushed.json?["expires_in"] == 2)
        let address = try fapi.address(pushed: pushed)
        try await Task.sleep(for: .milliseconds(2200))
        let arrival = try Browser(site).travel(address)
        #expect(arrival.answer.status == 400 && arrival.location == nil && arrival.asked.isEmpty)
    }

    @Test func `fapi2-security-profile-final-par-attempt-to-use-request_uri-for-different-client: it is bound`() throws
    {
        let pushed = try fapi.post("/par", fapi.attempt().form)
        let uri = try #require(pushed.json?["request_uri"]?.string)
        let stolen = try Browser(site).travel(
            "/authorize?" + Form(["client_id": "fapi-second", "request_uri": uri]).text)
        #expect(stolen.answer.status == 400 && stolen.location == nil)
        #expect(try Browser(site).travel(fapi.address(pushed: pushed)).code != nil, "the try spent nothing")
    }

    @Test func `fapi2-security-profile-final-par-authorization-request-containing-request_uri-form-param: refused`()
        throws
    {
        let answer = try fapi.post(
            "/par", fapi.attempt(["request_uri": "urn:ietf:params:oauth:request_uri:random"]).form)
        RelyingParty.expect(answer, "invalid_request", statuses: [400])
    }

    @Test func `fapi2-security-profile-final-par-attempt-invalid-http-method: 405, with those that are allowed`() throws
    {
        for method in ["GET", "PUT", "DELETE", "PATCH"] {
            let answer = try site.ask(method, "/par", body: method == "GET" ? nil : [])
            #expect(answer.status == 405 && answer["allow"] == "POST", "\(method)")
        }
    }

    @Test func `fapi2-security-profile-final-par-ensure-pkce-required: no challenge, no push`() throws {
        let answer = try fapi.post(
            "/par", fapi.attempt(["code_challenge": nil, "code_challenge_method": nil]).form)
        RelyingParty.expect(answer, "invalid_request", statuses: [400])
    }

    @Test func `fapi2-security-profile-final-par-plain-pkce-rejected: S256 alone`() throws {
        for method in ["plain", nil] {
            let attempt = fapi.attempt(["code_challenge_method": method])
            let plain = attempt.form.with(["code_challenge": attempt.verifier])
            RelyingParty.expect(try fapi.post("/par", plain), "invalid_request", statuses: [400])
        }
    }

    @Test func `fapi2-security-profile-final-ensure-pkce-code-verifier-required: no verifier, no token`() throws {
        let attempt = fapi.attempt()
        let code = try fapi.code(attempt, in: Browser(site))
        RelyingParty.expect(
            try fapi.redeem(code, attempt, ["code_verifier": nil]), "invalid_grant", "invalid_request", statuses: [400])
    }

    @Test func `fapi2-security-profile-final-incorrect-pkce-code-verifier-rejected: another one is none`() throws {
        let attempt = fapi.attempt()
        let code = try fapi.code(attempt, in: Browser(site))
        RelyingParty.expect(
            try fapi.redeem(code, attempt, ["code_verifier": AuthorizationAttempt.random()]), "invalid_grant",
            statuses: [400])
    }

    // MARK: Audience and time of client assertions at the push

    private func push(_ changes: [String: JSONValue?]) throws -> HTTPAnswer {
        let assertion = try fapi.assertion(changes)
        return try fapi.post("/par", fapi.attempt().form, credentials: RelyingParty.asserting(assertion))
    }

    @Test func `fapi2-security-profile-final-par-test-array-as-audience-fails: the issuer as one string alone`() throws
    {
        RelyingParty.expect(try push(["aud": .array([.string(site.issuer)])]), "invalid_client", "invalid_request")
        #expect(try push([:]).status == 201)
    }

    @Test func `fapi2-security-profile-final-par-test-par-endpoint-url-as-audience-fails: not the endpoint`() throws {
        RelyingParty.expect(try push(["aud": .string(site.issuer + "/par")]), "invalid_client", "invalid_request")
    }

    @Test func `fapi2-security-profile-final-par-test-token-endpoint-url-as-audience-fails: not the other endpoint`()
        throws
    {
        RelyingParty.expect(try push(["aud": .string(site.issuer + "/token")]), "invalid_client", "invalid_request")
    }

    private func seconds(_ ahead: Int) -> JSONValue { .integer(Int(Date().timeIntervalSince1970) + ahead) }

    @Test
    func
        `fapi2-security-profile-final-par-ensure-jwt-client-assertions-nbf-8-seconds-in-the-future-is-accepted: it is`()
        throws
    {
        #expect(try push(["nbf": seconds(8), "iat": seconds(8)]).status == 201)
    }

    @Test
    func
        `fapi2-security-profile-final-par-ensure-jwt-client-assertions-nbf-over-60-seconds-in-the-future-fails: it does`()
        throws
    {
        let changes: [String: JSONValue?] = ["nbf": seconds(65), "iat": seconds(65), "exp": seconds(125)]
        RelyingParty.expect(try push(changes), "invalid_client", "invalid_request")
    }
}
