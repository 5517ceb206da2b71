import Primitives
import Testing

/// Modules of the RP-Initiated Logout OP plan.
@Suite struct `RP-Initiated Logout OP` {
    private static let goodbye = "https://basic.example/goodbye"

    private let site: SignOnSite
    private let basic: RelyingParty
    private let browser: Browser

    init() throws {
        site = try SignOnSite.shared
        basic = try RelyingParty(site.portals.basic, at: site)
        browser = Browser(site)
    }

    /// Signs in and gives the ID token.
    private func signIn() throws -> String {
        try #require(try basic.tokens(in: browser).idToken)
    }

    private func logout(_ form: Form) throws -> HTTPAnswer {
        try browser.follow(browser.get("/logout" + (form.pairs.isEmpty ? "" : "?" + form.text)))
    }

    /// The person is asked, not yet signed out, and nobody is sent anywhere.
    private func expectQuestion(_ answer: HTTPAnswer, sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(answer.status == 200 && answer["location"] == nil, sourceLocation: sourceLocation)
        let form = try #require(answer.form("/logout/decision"), sourceLocation: sourceLocation)
        #expect(form.buttons.map(\.value) == ["allow", "deny"], sourceLocation: sourceLocation)
        #expect(try browser.isSignedIn(), sourceLocation: sourceLocation)
    }

    /// An error page or the question, but no redirect.
    private func expectNoRedirect(_ answer: HTTPAnswer, sourceLocation: SourceLocation = #_sourceLocation) throws {
        #expect(answer["location"] == nil, sourceLocation: sourceLocation)
        #expect([200, 400].contains(answer.status), sourceLocation: sourceLocation)
        #expect(answer["content-type"]?.hasPrefix("text/html") == true, sourceLocation: sourceLocation)
    }

    private func allow(_ page: HTTPAnswer) throws -> HTTPAnswer {
        try browser.follow(browser.submit(page, "/logout/decision", ["decision": "allow"]))
    }

    private func expectSignedOut(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let answer = try browser.get(basic.address(basic.attempt(["prompt": "none"])))
        #expect(
            Form(queryOf: answer["location"] ?? "")["error"] == "login_required", sourceLocation: sourceLocation)
    }

    @Test func `oidcc-rp-initiated-logout-discovery-endpoint-verification: the address is told`() throws {
        let document = try #require(try site.get("/.well-known/openid-configuration").json)
        #expect(document["end_session_endpoint"]?.string == site.issuer + "/logout")
    }

    @Test(arguments: [false, true])
    func `oidcc-rp-initiated-logout: with the session's ID token it is done at once, and the browser goes back`(
        isPosted: Bool
    ) throws {
        let form: Form = [
            "id_token_hint": try signIn(), "post_logout_redirect_uri": Self.goodbye, "state": "later & more",
        ]
        let answer = isPosted ? try browser.follow(browser.post("/logout", form)) : try logout(form)
        let location = try #require(answer["location"])
        #expect(location.hasPrefix(Self.goodbye + "?") && Form(queryOf: location)["state"] == "later & more")
        #expect(browser.session == nil)
        try expectSignedOut()
    }

    @Test func `oidcc-rp-initiated-logout-no-state: none comes back`() throws {
        let answer = try logout(["id_token_hint": try signIn(), "post_logout_redirect_uri": Self.goodbye])
        #expect(answer["location"] == Self.goodbye)
        try expectSignedOut()
    }

    @Test func `oidcc-rp-initiated-logout-bad-post-logout-redirect-uri: nobody is sent there`() throws {
        let hint = try signIn()
        try expectNoRedirect(
            try logout([
                "id_token_hint": hint, "post_logout_redirect_uri": "https://basic.example/elsewhere", "state": "s",
            ]))
    }

    @Test func `oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri: that is another address`() throws {
        let hint = try signIn()
        try expectNoRedirect(
            try logout(["id_token_hint": hint, "post_logout_redirect_uri": Self.goodbye + "?foo=bar", "state": "s"]))
    }

    @Test func `oidcc-rp-initiated-logout-modified-id-token-hint: alg none is no hint`() throws {
        let hint = JWTText.unsigned(try signIn())
        try expectQuestion(
            try logout(["id_token_hint": hint, "post_logout_redirect_uri": Self.goodbye, "state": "s"]))
    }

    @Test func `oidcc-rp-initiated-logout-bad-id-token-hint: signed by a stranger it is no hint`() throws {
        let claims = try site.claims(try signIn())
        let header = JSONObject([("alg", "PS256"), ("kid", "rsa-1"), ("typ", "JWT")])
        let hint = try site.keys.rsa.ps256.jwt(header, claims)
        try expectQuestion(
            try logout(["id_token_hint": hint, "post_logout_redirect_uri": Self.goodbye, "state": "s"]))
    }

    @Test func `oidcc-rp-initiated-logout-no-id-token-hint: the person is asked, and nobody is sent anywhere`() throws {
        _ = try signIn()
        let page = try logout(["post_logout_redirect_uri": Self.goodbye, "state": "s"])
        try expectQuestion(page)
        let done = try allow(page)
        #expect(done.status == 200 && done["location"] == nil)
        try expectSignedOut()
    }

    @Test func `oidcc-rp-initiated-logout-no-params: the person is asked, and then signed out`() throws {
        _ = try signIn()
        let page = try logout([:])
        try expectQuestion(page)
        #expect(try allow(page).text.contains("You are signed out."))
        try expectSignedOut()
    }

    @Test func `oidcc-rp-initiated-logout-no-post-logout-redirect-uri: a page says that it is done`() throws {
        let answer = try logout(["id_token_hint": try signIn(), "state": "s"])
        #expect(answer.status == 200 && answer.text.contains("You are signed out."))
        try expectSignedOut()
    }

    @Test func `oidcc-rp-initiated-logout-only-state: the person is asked, and then signed out`() throws {
        _ = try signIn()
        let page = try logout(["state": "s"])
        try expectQuestion(page)
        #expect(try allow(page).status == 200)
        try expectSignedOut()
    }

    @Test func `a no keeps the session`() throws {
        _ = try signIn()
        let page = try logout([:])
        _ = try browser.follow(browser.submit(page, "/logout/decision", ["decision": "deny"]))
        #expect(try browser.isSignedIn())
    }
}
