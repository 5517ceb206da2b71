import Identity
import Primitives
import Testing

@Suite struct AuthorizationCheckTests {
    private static let challenge = String(repeating: "A", count: 43)

    @Test(
        arguments: [
            (["client_id": nil], AuthorizeRefusal.unknownPortal), (["client_id": "nobody"], .unknownPortal),
            (["redirect_uri": nil], .redirectURIMissing),
            (["redirect_uri": "https://citizen.example/callback/"], .redirectURIUnknown),
            (["redirect_uri": "https://evil.example/callback"], .redirectURIUnknown),
        ] as [([String: String?], AuthorizeRefusal)])
    func `a wrong portal or redirect URI ends in an error page`(
        _ changes: [String: String?], _ refusal: AuthorizeRefusal
    ) async throws {
        #expect(try await TestBrowser(TestDesk()).authorize("citizen", changes) == .refused(refusal))
    }

    @Test(arguments: ["client_id", "redirect_uri"])
    func `a repeated client_id or redirect_uri ends in an error page`(_ name: String) async throws {
        let pairs = TestBrowser.request() + [(name, "https://citizen.example/callback")]
        guard case .refused = try await TestBrowser(TestDesk()).authorize(pairs: pairs) else {
            Issue.record("not refused")
            return
        }
    }

    @Test(arguments: ["scope", "nonce", "response_type", "prompt", "unheard_of"])
    func `any other repeated parameter goes back as invalid_request`(_ name: String) async throws {
        let pairs = TestBrowser.request() + [(name, "x"), (name, "x")]
        let answer = try TestBrowser.answer(try await TestBrowser(TestDesk()).authorize(pairs: pairs))
        #expect(answer["error"] == "invalid_request" && answer["state"] == "s1" && answer["iss"] == TestDesk.issuer)
    }

    @Test func `a repeated state is not sent back`() async throws {
        let pairs = TestBrowser.request() + [("state", "s2")]
        let answer = try TestBrowser.answer(try await TestBrowser(TestDesk()).authorize(pairs: pairs))
        #expect(answer["error"] == "invalid_request" && answer["state"] == nil)
    }

    @Test(
        arguments: [
            (["response_type": nil], "invalid_request"), (["response_type": "token"], "unsupported_response_type"),
            (["response_type": "code id_token"], "unsupported_response_type"),
            (["response_mode": "fragment"], "invalid_request"), (["scope": nil], "invalid_scope"),
            (["scope": "unheard"], "invalid_scope"), (["request": "x.y.z"], "request_not_supported"),
            (["request_uri": "https://citizen.example/request"], "request_uri_not_supported"),
            (["code_challenge_method": "S256"], "invalid_request"), (["code_challenge": challenge], "invalid_request"),
            (["code_challenge": challenge, "code_challenge_method": "plain"], "invalid_request"),
            (["code_challenge": "short", "code_challenge_method": "S256"], "invalid_request"),
            (["dpop_jkt": "short"], "invalid_request"), (["prompt": "none login"], "invalid_request"),
            (["prompt": "unheard"], "invalid_request"), (["max_age": "-1"], "invalid_request"),
            (["max_age": "1.5"], "invalid_request"), (["max_age": "99999999999999999999"], "invalid_request"),
            (["claims": "[]"], "invalid_request"),
            (["claims": #"{"id_token": {"sub": {"value": 7}}}"#], "invalid_request"),
            (["resource": "https://unheard.example"], "invalid_target"), (["id_token_hint": "x"], "invalid_request"),
            (["state": String(repeating: "s", count: 2049)], "invalid_request"),
            (["nonce": String(repeating: "n", count: 1025)], "invalid_request"),
            (["prompt": "none"], "login_required"),
            (
                ["claims": #"{"id_token": {"acr": {"essential": true, "values": ["unheard"]}}}"#],
                "unmet_authentication_requirements"
            ),
        ] as [([String: String?], String)])
    func `a faulty request goes back with its error, state and iss`(
        _ changes: [String: String?], _ error: String
    ) async throws {
        let step = try await TestBrowser(TestDesk()).authorize("citizen", changes)
        let answer = try TestBrowser.answer(step)
        #expect(answer["error"] == error)
        #expect(answer["iss"] == TestDesk.issuer)
        #expect(answer["code"] == nil)
    }

    @Test func `a public portal must send a challenge, and may use any loopback port`() async throws {
        let browser = TestBrowser(TestDesk())
        let redirect = ["redirect_uri": "http://127.0.0.1:5555/callback"]
        let without = try TestBrowser.answer(try await browser.authorize("app", redirect))
        #expect(without["error"] == "invalid_request")
        let proof = ["code_challenge": Self.challenge, "code_challenge_method": "S256"]
        guard case .signIn = try await browser.authorize("app", redirect.merging(proof) { $1 }) else {
            Issue.record("not asked to sign in")
            return
        }
    }

    @Test func `a fapi2 portal must push its requests`() async throws {
        let proof = ["code_challenge": Self.challenge, "code_challenge_method": "S256"]
        let answer = try TestBrowser.answer(try await TestBrowser(TestDesk()).authorize("bank", proof))
        #expect(answer["error"] == "invalid_request")
    }

    @Test func `a service may not send people`() async throws {
        let service = Portal(
            id: "citizen", name: TestDesk.text("S"), departmentID: "d", sector: "s", kind: .service,
            authentication: .secretBasic(TestDesk.secretHash), redirectURIs: ["https://citizen.example/callback"],
            scopes: ["openid"])
        let answer = try TestBrowser.answer(try await TestBrowser(TestDesk(portals: [service])).authorize())
        #expect(answer["error"] == "unauthorized_client")
    }

    @Test func `a request too large to travel goes back`() async throws {
        let claims = #"{"userinfo": {"name": {"values": ["\#(String(repeating: "\u{1F600}", count: 900))"]}}}"#
        let changes = [
            "claims": claims, "state": String(repeating: "\"", count: 2048),
            "nonce": String(repeating: "\"", count: 1024),
        ]
        let step = try await TestBrowser(TestDesk()).authorize("citizen", changes)
        #expect(try TestBrowser.answer(step)["error"] == "invalid_request")
    }
}
