import Foundation
import JOSE
import Primitives
import Testing

/// Modules of the FAPI 2.0 Security Profile plan (Final; private_key_jwt, DPoP) about requests and their way through the
/// pages.
@Suite struct `FAPI 2.0: requests` {
    private let site: SignOnSite
    private let fapi: RelyingParty

    init() throws {
        site = try SignOnSite.shared
        fapi = try RelyingParty(site.portals.fapi, at: site)
    }

    /// The whole flow, with what must be true of every good one.
    private func flow(
        _ party: RelyingParty, _ changes: [String: String?] = [:], outside: [String: String] = [:]
    ) throws -> (claims: JSONObject, tokens: Tokens, arrival: Arrival) {
        let attempt = party.attempt(changes)
        let extra = outside.isEmpty ? "" : "&" + Form(query: "").with(outside.mapValues { $0 }).text
        let arrival = try Browser(site).travel(party.address(attempt) + extra)
        let code = try #require(arrival.code, "\(arrival.location ?? arrival.answer.heading)")
        #expect(arrival.parameters["iss"] == site.issuer)
        #expect(arrival.parameters["state"] == attempt.state)
        let tokens = try Tokens(party.redeem(code, attempt))
        #expect(tokens.object["token_type"] == "DPoP")
        #expect(try party.userInfo(tokens.access).status == 200)
        return (try party.idToken(tokens, nonce: attempt.nonce), tokens, arrival)
    }

    /// A request that `/par` refuses with one of the errors.
    private func expectRefused(
        _ changes: [String: String?], _ errors: String..., sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let answer = try fapi.post("/par", fapi.attempt(changes).form)
        #expect(errors.contains(answer.json?["error"]?.string ?? ""), "\(answer.text)", sourceLocation: sourceLocation)
        #expect(answer.status == 400, sourceLocation: sourceLocation)
    }

    @Test func `fapi2-security-profile-final-discovery-end-point-verification: the profile is offered`() throws {
        let document = try #require(try site.get("/.well-known/openid-configuration").json)
        func list(_ name: String) -> [String] { (document[name]?.array ?? []).compactMap(\.string) }
        #expect(list("response_types_supported").contains("code"))
        #expect(document["authorization_response_iss_parameter_supported"]?.bool == true)
        #expect(document["pushed_authorization_request_endpoint"]?.string == site.issuer + "/par")
        #expect(document["require_pushed_authorization_requests"]?.bool != nil)
        #expect(list("token_endpoint_auth_methods_supported").contains("private_key_jwt"))
        #expect(list("token_endpoint_auth_signing_alg_values_supported").contains("ES256"))
        #expect(Set(list("dpop_signing_alg_values_supported")) == ["ES256", "PS256", "EdDSA"])
        #expect(list("code_challenge_methods_supported").contains("S256"))
        #expect(Set(list("id_token_signing_alg_values_supported")).isSuperset(of: ["ES256", "PS256"]))
        #expect(list("scopes_supported").contains("openid"))
        #expect(list("subject_types_supported").contains("pairwise"))
    }

    @Test func `fapi2-security-profile-final-happy-flow: two portals, tokens bound to their keys`() throws {
        let second = try RelyingParty(site.portals.fapiSecond, at: site)
        for (party, algorithm) in [(fapi, SignatureAlgorithm.ps256), (second, .es256)] {
            let (_, tokens, _) = try flow(party)
            #expect(try site.verified(try #require(tokens.idToken)).algorithm == algorithm)
            let token = try site.claims(tokens.access)
            #expect(token["cnf"]?["jkt"]?.string == party.proofKey?.thumbprint)
            #expect(try party.userInfo(tokens.access, scheme: "Bearer", proofs: []).status == 401)
        }
    }

    @Test func `fapi2-security-profile-final-user-rejects-authentication: the portal is told of a no`() throws {
        let person = try site.person()
        let attempt = fapi.attempt()
        let arrival = try Browser(site).travel(fapi.address(attempt), as: person, allows: false)
        #expect(arrival.error == "access_denied")
        #expect(arrival.parameters["state"] == attempt.state && arrival.parameters["iss"] == site.issuer)
        #expect(arrival.location?.hasPrefix(site.portals.fapi.redirectURI + "?") == true)
    }

    @Test func `fapi2-security-profile-final-ensure-authorization-request-without-state-success: none comes back`()
        throws
    {
        #expect(try flow(fapi, ["state": nil]).arrival.parameters["state"] == nil)
    }

    @Test func `fapi2-security-profile-final-ensure-authorization-request-without-nonce-success: none comes back`()
        throws
    {
        #expect(try flow(fapi, ["nonce": nil]).claims["nonce"] == nil)
    }

    @Test
    func `fapi2-security-profile-final-ensure-authorization-request-with-64-char-nonce-success: it comes back whole`()
        throws
    {
        let nonce = String(repeating: "n0-_", count: 16)
        #expect(try flow(fapi, ["nonce": nonce]).claims["nonce"]?.string == nonce)
    }

    @Test func `fapi2-security-profile-final-ensure-authorization-request-with-long-nonce: it comes back whole`() throws
    {
        let nonce = String(repeating: "abcdef", count: 64)
        #expect(try flow(fapi, ["nonce": nonce]).claims["nonce"]?.string == nonce)
    }

    @Test func `fapi2-security-profile-final-ensure-authorization-request-with-long-state: it comes back whole`() throws
    {
        let state = String(repeating: "0123456789", count: 100)
        #expect(try flow(fapi, ["state": state]).arrival.parameters["state"] == state)
    }

    @Test func `fapi2-security-profile-final-ensure-other-scope-order-succeeds: order does not matter`() throws {
        _ = try flow(fapi, ["scope": "profile openid"])
    }

    @Test func `fapi2-security-profile-final-test-claims-parameter-identity-claims: in the ID token and at userinfo`()
        throws
    {
        let names = ["name", "given_name", "family_name", "updated_at", "email", "email_verified", "phone_number"]
        let wanted = JSONValue.object(
            JSONObject((names + ["address", "unheard_of"]).map { ($0, $0 == "email" ? ["essential": true] : .null) }))
        let request = JSONValue.object(JSONObject([("id_token", wanted), ("userinfo", wanted)]))
        let (claims, tokens, _) = try flow(fapi, ["claims": request.compactText, "scope": "openid"])
        let info = try #require(try fapi.userInfo(tokens.access).json?.object)
        for name in names + ["address"] {
            #expect(claims[name] != nil && claims[name] != .null, "\(name) in the ID token")
            #expect(info[name] == claims[name], "\(name)")
        }
        #expect(claims["unheard_of"] == nil && info["unheard_of"] == nil)
    }

    // MARK: What stands outside the pushed request does not count

    @Test
    func
        `fapi2-security-profile-final-ensure-different-nonce-inside-and-outside-request-object: the pushed one counts`()
        throws
    {
        _ = try flow(fapi, outside: ["nonce": "outside"])
    }

    @Test
    func
        `fapi2-security-profile-final-ensure-different-state-inside-and-outside-request-object: the pushed one counts`()
        throws
    {
        _ = try flow(fapi, outside: ["state": "outside"])
    }

    @Test func `fapi2-security-profile-final-state-only-outside-request-object-not-used: it is ignored`() throws {
        #expect(try flow(fapi, ["state": nil], outside: ["state": "outside"]).arrival.parameters["state"] == nil)
    }

    @Test func `fapi2-security-profile-final-par-without-duplicate-parameters: client_id and request_uri are enough`()
        throws
    {
        let address = try fapi.address(fapi.attempt())
        #expect(Set(Form(queryOf: address).pairs.map(\.name)) == ["client_id", "request_uri"])
        #expect(try Browser(site).travel(address).code != nil)
    }

    // MARK: Requests that are wrong

    @Test func `fapi2-security-profile-final-ensure-request-object-without-redirect-uri-fails: at the push`() throws {
        try expectRefused(["redirect_uri": nil], "invalid_request")
    }

    @Test func `fapi2-security-profile-final-ensure-redirect-uri-in-authorization-request: without one it is refused`()
        throws
    {
        try expectRefused(["redirect_uri": nil], "invalid_request")
        let bare = try Browser(site).get("/authorize?client_id=fapi&response_type=code")
        #expect(bare.status == 400 && bare["location"] == nil)
    }

    @Test func `fapi2-security-profile-final-ensure-registered-redirect-uri: another one is refused at the push`()
        throws
    {
        try expectRefused(["redirect_uri": "https://fapi.example/callback?other"], "invalid_request")
    }

    @Test
    func `fapi2-security-profile-final-plain-fapi-tolerate-unregistered-redirect-uri: it is refused, which may be`()
        throws
    {
        try expectRefused(["redirect_uri": "https://elsewhere.example/callback"], "invalid_request")
    }

    @Test
    func
        `fapi2-security-profile-final-ensure-unsigned-authorization-request-without-using-par-fails: it must be pushed`()
        throws
    {
        let attempt = fapi.attempt()
        let arrival = try Browser(site).travel("/authorize?" + attempt.form.text)
        #expect(arrival.error == "invalid_request" && arrival.asked.isEmpty)
    }

    @Test func `fapi2-security-profile-final-ensure-response-type-code-idtoken-fails: at the push`() throws {
        try expectRefused(["response_type": "code id_token"], "invalid_request", "unsupported_response_type")
    }

    @Test func `fapi2-security-profile-final-ensure-response-type-token-fails: at the push`() throws {
        try expectRefused(["response_type": "token"], "invalid_request", "unsupported_response_type")
    }
}
