import Foundation
import Primitives
import Testing

/// Modules of the FAPI 2.0 plan about codes, client assertions and refresh tokens at `/token`.
@Suite struct `FAPI 2.0: the token endpoint` {
    private let site: SignOnSite
    private let fapi: RelyingParty
    private let second: RelyingParty

    init() throws {
        site = try SignOnSite.shared
        fapi = try RelyingParty(site.portals.fapi, at: site)
        second = try RelyingParty(site.portals.fapiSecond, at: site)
    }

    private func granted(_ changes: [String: String?] = [:]) throws -> (code: String, attempt: AuthorizationAttempt) {
        let attempt = fapi.attempt(changes)
        return (try fapi.code(attempt, in: Browser(site)), attempt)
    }

    /// The code works after the wrong request: it was that which failed, and nothing was spent.
    private func expectUnspent(_ code: String, _ attempt: AuthorizationAttempt) throws {
        #expect(try fapi.redeem(code, attempt).status == 200)
    }

    @Test func `fapi2-security-profile-final-ensure-client-id-in-token-endpoint: another client_id is refused`() throws
    {
        let (code, attempt) = try granted()
        RelyingParty.expect(
            try fapi.redeem(code, attempt, ["client_id": "fapi-second"]), "invalid_client", "invalid_request")
        try expectUnspent(code, attempt)
    }

    @Test func `fapi2-security-profile-final-ensure-holder-of-key-required: no proof, no token`() throws {
        let (code, attempt) = try granted()
        let answer = try fapi.post("/token", fapi.redemption(code, attempt), proofs: [])
        RelyingParty.expect(answer, "invalid_dpop_proof", "invalid_request", "invalid_grant", statuses: [400])
        try expectUnspent(code, attempt)
    }

    @Test func `fapi2-security-profile-final-ensure-authorization-code-is-bound-to-client: another one gets nothing`()
        throws
    {
        let (code, attempt) = try granted()
        RelyingParty.expect(
            try second.post("/token", fapi.redemption(code, attempt)), "invalid_grant", statuses: [400])
        try expectUnspent(code, attempt)
    }

    @Test
    func `fapi2-security-profile-final-attempt-reuse-authorization-code-after-one-second: all that came of it ends`()
        async throws
    {
        let (code, attempt) = try granted()
        let tokens = try Tokens(fapi.redeem(code, attempt))
        try await Task.sleep(for: .seconds(1))
        RelyingParty.expect(try fapi.redeem(code, attempt), "invalid_grant", statuses: [400])
        #expect(try fapi.userInfo(tokens.access).status == 401)
    }

    @Test func `fapi2-security-profile-final-ensure-token-endpoint-fails-with-expired-auth-code: too late`()
        async throws
    {
        let site = try SignOnSite.hasty
        let fapi = try RelyingParty(site.portals.fapi, at: site)
        let attempt = fapi.attempt()
        let code = try fapi.code(attempt, in: Browser(site))
        try await Task.sleep(for: .milliseconds(3200))
        RelyingParty.expect(try fapi.redeem(code, attempt), "invalid_grant", statuses: [400])
    }

    // MARK: Client assertions

    private func expectRefused(
        _ assertion: (RelyingParty) throws -> RelyingParty.Credentials, _ errors: [String] = ["invalid_client"],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let (code, attempt) = try granted()
        let answer = try fapi.post("/token", fapi.redemption(code, attempt), credentials: assertion(fapi))
        #expect(errors.contains(answer.json?["error"]?.string ?? ""), "\(answer.text)", sourceLocation: sourceLocation)
        #expect([400, 401].contains(answer.status), sourceLocation: sourceLocation)
        try expectUnspent(code, attempt)
    }

    @Test func `fapi2-security-profile-final-ensure-signed-client-assertion-with-RS256-fails: even by a known key`()
        throws
    {
        let credentials = RelyingParty.asserting(try fapi.assertion(by: site.keys.rsa.ps256))
        #expect(try fapi.post("/par", fapi.attempt().form, credentials: credentials).status == 201, "PS256 will do")
        try expectRefused { RelyingParty.asserting(try $0.assertion(by: site.keys.rsa.rs256)) }
    }

    @Test func `fapi2-security-profile-final-ensure-client-assertion-in-token-endpoint: a name alone is nobody`() throws
    {
        try expectRefused(
            { _ in RelyingParty.Credentials(form: ["client_id": "fapi"]) }, ["invalid_client", "invalid_request"])
        try expectRefused({ _ in .anonymous }, ["invalid_client", "invalid_request"])
    }

    @Test
    func `fapi2-security-profile-final-ensure-client-assertion-with-exp-is-5-minutes-in-past-fails: it is over`() throws
    {
        let now = Int(Date().timeIntervalSince1970)
        try expectRefused {
            RelyingParty.asserting(try $0.assertion(["exp": .integer(now - 300), "iat": .integer(now - 360)]))
        }
    }

    @Test func `fapi2-security-profile-final-ensure-client-assertion-with-wrong-aud-fails: made for another`() throws {
        try expectRefused { RelyingParty.asserting(try $0.assertion(["aud": "https://other.example"])) }
    }

    @Test func `fapi2-security-profile-final-ensure-client-assertion-with-no-sub-fails: whose is it`() throws {
        try expectRefused { RelyingParty.asserting(try $0.assertion(["sub": nil])) }
    }

    // MARK: Refresh tokens

    @Test func `fapi2-security-profile-final-refresh-token: bound to client and key, and not rotated`() throws {
        let (code, attempt) = try granted(["scope": "openid profile offline_access"])
        let tokens = try Tokens(fapi.redeem(code, attempt))
        let refresh = try #require(tokens.refresh)
        let renewed = try Tokens(fapi.refresh(refresh, ["scope": "openid"]))
        #expect(renewed.refresh == nil || renewed.refresh == refresh)
        #expect(try fapi.userInfo(renewed.access).status == 200)
        let before = try fapi.idToken(tokens, nonce: attempt.nonce)
        let after = try fapi.idToken(renewed, nonce: nil)
        for name in ["iss", "sub", "aud", "auth_time"] { #expect(after[name] == before[name], "\(name)") }

        let form: Form = ["grant_type": "refresh_token", "refresh_token": refresh]
        RelyingParty.expect(
            try fapi.post("/token", form, credentials: .anonymous), "invalid_client", "invalid_request")
        RelyingParty.expect(
            try fapi.post("/token", form, proofs: []), "invalid_dpop_proof", "invalid_request", "invalid_grant",
            statuses: [400])
        RelyingParty.expect(try second.refresh(refresh), "invalid_grant", "invalid_client")
        #expect(try fapi.refresh(refresh).status == 200)
    }
}
