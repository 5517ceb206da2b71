import Primitives
import Testing

/// Modules of the Basic OP plan about what the person is asked.
@Suite struct `Basic OP: prompts, hints and ages` {
    private let site: SignOnSite
    private let basic: RelyingParty
    private let browser: Browser

    init() throws {
        site = try SignOnSite.shared
        basic = try RelyingParty(site.portals.basic, at: site)
        browser = Browser(site)
    }

    private struct SignedOn {
        let claims: JSONObject
        let idToken: String
        let asked: [String]

        var authenticated: Int64 { claims["auth_time"]?.integer ?? 0 }
    }

    private func signOn(_ changes: [String: String?] = [:]) throws -> SignedOn {
        let attempt = basic.attempt(changes)
        let arrival = try browser.travel(basic.address(attempt))
        let code = try #require(arrival.code, "\(arrival.location ?? arrival.answer.heading)")
        let tokens = try Tokens(basic.redeem(code, attempt))
        return SignedOn(
            claims: try basic.idToken(tokens, nonce: attempt.nonce), idToken: try #require(tokens.idToken),
            asked: arrival.asked)
    }

    @Test func `oidcc-display-page: it breaks nothing`() throws {
        #expect(try signOn(["display": "page"]).asked.first == "/sign-in")
    }

    @Test func `oidcc-display-popup: it breaks nothing`() throws {
        #expect(try signOn(["display": "popup"]).asked.first == "/sign-in")
    }

    @Test func `oidcc-prompt-login: the password is asked for again, and the time is the new one`() async throws {
        let first = try signOn()
        try await Task.sleep(for: .milliseconds(1100))
        let second = try signOn(["prompt": "login"])
        #expect(second.asked.contains("/sign-in"))
        #expect(second.authenticated > first.authenticated)
        #expect(second.claims["sub"] == first.claims["sub"])
    }

    @Test func `oidcc-prompt-none-not-logged-in: an error at the portal, and no page`() throws {
        let attempt = basic.attempt(["prompt": "none"])
        let answer = try browser.get(basic.address(attempt))
        let parameters = Form(queryOf: answer["location"] ?? "")
        #expect(answer.status == 303 && answer["location"]?.hasPrefix("https://basic.example/callback?") == true)
        #expect(["login_required", "interaction_required"].contains(parameters["error"] ?? ""))
        #expect(parameters["state"] == attempt.state && parameters["iss"] == site.issuer)
    }

    @Test func `oidcc-prompt-none-logged-in: a code at once, for the same sign-in`() throws {
        let first = try signOn()
        let second = try signOn(["prompt": "none"])
        #expect(second.asked.isEmpty)
        #expect(second.claims["sub"] == first.claims["sub"] && second.authenticated == first.authenticated)
    }

    @Test func `oidcc-max-age-1: an older sign-in does not do`() async throws {
        let first = try signOn()
        try await Task.sleep(for: .milliseconds(2100))
        let second = try signOn(["max_age": "1"])
        #expect(second.asked.contains("/sign-in"))
        #expect(second.authenticated > first.authenticated)
    }

    @Test func `oidcc-max-age-10000: a young one does`() throws {
        let first = try signOn(["max_age": "15000"])
        #expect(first.authenticated > 0)
        let second = try signOn(["max_age": "10000"])
        #expect(second.asked.isEmpty)
        #expect(second.claims["sub"] == first.claims["sub"] && second.authenticated == first.authenticated)
    }

    @Test func `oidcc-id-token-hint: the person it names gets a code at once`() throws {
        let first = try signOn()
        let second = try signOn(["prompt": "none", "id_token_hint": first.idToken])
        #expect(second.asked.isEmpty)
        #expect(second.claims["sub"] == first.claims["sub"] && second.authenticated == first.authenticated)
    }

    @Test func `oidcc-login-hint: it stands in the field for the name`() throws {
        let page = try browser.follow(browser.get(basic.address(basic.attempt(["login_hint": "canary"]))))
        #expect(page.form("/sign-in")?.fields["username"] == "canary")
        let arrival = try browser.travel(from: page)
        #expect(arrival.code != nil)
    }

    @Test func `oidcc-ui-locales: the page is in the language asked for, or in one that is there`() throws {
        for (locales, language) in [("zh-CN", "zh"), ("en zh", "en"), ("se zh", "zh"), ("se", "en")] {
            let page = try Browser(site).follow(
                Browser(site).get(basic.address(basic.attempt(["ui_locales": locales]))))
            #expect(page["content-language"] == language, "\(locales)")
            #expect(page.text.contains("<html lang=\"\(language)\""))
        }
        #expect(try signOn(["ui_locales": "se"]).asked.first == "/sign-in")
    }

    @Test func `oidcc-claims-locales: they break nothing`() throws {
        #expect(try signOn(["claims_locales": "se"]).claims["sub"] != nil)
    }

    @Test func `oidcc-ensure-request-with-acr-values-succeeds: the level reached is told`() throws {
        let discovery = try #require(try site.get("/.well-known/openid-configuration").json)
        let offered = (discovery["acr_values_supported"]?.array ?? []).compactMap(\.string)
        #expect(offered == ["low", "substantial", "high"])
        let claims = try signOn(["acr_values": offered.joined(separator: " ")]).claims
        #expect(offered.contains(claims["acr"]?.string ?? ""))
    }
}
