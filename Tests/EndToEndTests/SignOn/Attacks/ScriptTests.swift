import Primitives
import Testing

/// Script in everything that a page could show again.
@Suite struct `Script in what pages reflect` {
    private static let payloads = [
        "\"><script>alert(1)</script>", "'><img src=x onerror=alert(1)>", "{{#t}}{{.}}{{/t}}<svg/onload=alert(1)>",
        "</title><script>alert(1)</script>", "javascript:alert(1)",
    ]

    private let site: SignOnSite
    private let basic: RelyingParty

    init() throws {
        site = try SignOnSite.shared
        basic = try RelyingParty(site.portals.basic, at: site)
    }

    /// What came is no markup of the page: no tag that was sent, no handler, no script address.
    private func expectClean(
        _ answer: HTTPAnswer, _ payload: String, _ place: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for tag in HTMLTag.all(in: answer.text) {
            #expect(!["script", "img"].contains(tag.name), "\(place): \(payload)", sourceLocation: sourceLocation)
            for (name, value) in tag.attributes {
                #expect(!name.hasPrefix("on"), "\(place): \(payload)", sourceLocation: sourceLocation)
                guard ["href", "src", "action", "formaction"].contains(name) else { continue }
                #expect(!value.lowercased().hasPrefix("javascript:"), "\(place)", sourceLocation: sourceLocation)
            }
        }
        if answer["content-type"]?.hasPrefix("text/html") == true {
            let policy = answer["content-security-policy"] ?? ""
            #expect(policy.contains("default-src 'none'"), "\(place)", sourceLocation: sourceLocation)
            #expect(!policy.contains("unsafe") && !policy.contains("script-src"), sourceLocation: sourceLocation)
        } else {
            #expect(answer["x-content-type-options"] == "nosniff", "\(place)", sourceLocation: sourceLocation)
        }
    }

    @Test(arguments: payloads) func `of an authorization request`(payload: String) throws {
        let names =
            basic.attempt(usesProofKey: true).form.pairs.map(\.name) + [
                "login_hint", "ui_locales", "prompt", "max_age", "acr_values", "claims", "id_token_hint", "resource",
                "request", "request_uri", "display", "response_mode", "unknown",
            ]
        for name in names {
            let attempt = basic.attempt([name: payload], usesProofKey: true)
            let answer = try Browser(site).get(basic.address(attempt))
            #expect([200, 303, 400].contains(answer.status), "\(name): \(answer.status)")
            expectClean(answer, payload, name)
            if let location = answer["location"] {
                #expect(location.hasPrefix("https://basic.example/callback?"), "\(name): \(location)")
            }
        }
    }

    @Test(arguments: payloads) func `of every other page`(payload: String) throws {
        let browser = Browser(site)
        try browser.signIn()
        let encoded = Form.encoded(payload)
        for path in [
            "/continue?flow=\(encoded)", "/device?user_code=\(encoded)", "/device/done?decision=\(encoded)",
            "/logout?client_id=\(encoded)", "/logout?state=\(encoded)", "/logout?post_logout_redirect_uri=\(encoded)",
            "/logout?id_token_hint=\(encoded)", "/logout?ui_locales=\(encoded)", "/signed-out?ui_locales=\(encoded)",
            "/\(encoded)", "/?\(encoded)",
        ] {
            let answer = try browser.get(path)
            #expect(answer.status < 500, "\(path): \(answer.status)")
            expectClean(answer, payload, path)
        }
    }

    @Test(arguments: payloads) func `typed into the forms`(payload: String) throws {
        let browser = Browser(site)
        browser.source = "127.3.1.1"
        let page = try browser.follow(browser.get("/"))
        let refused = try browser.follow(
            browser.submit(page, "/sign-in", ["username": payload, "password": payload]))
        #expect(refused.form("/sign-in") != nil)
        expectClean(refused, payload, "username")
        for path in ["/sign-in", "/second-factor", "/consent", "/account", "/enrolment", "/device", "/logout/decision"]
        {
            let answer = try browser.follow(
                browser.post(path, ["flow": payload, "code": payload, "user_code": payload, "decision": payload]))
            #expect(answer.status < 500, "\(path): \(answer.status)")
            expectClean(answer, payload, path)
        }
    }

    @Test func `sent as the name of a browser`() throws {
        let browser = Browser(site)
        let person = try site.person()
        let page = try browser.follow(browser.get("/"))
        let form = try #require(page.form("/sign-in"))
        let agent = "User-Agent: Mozilla/5.0 <script>alert(1)</script>"
        _ = try browser.post(
            form.action, form.fields.with(["username": person.login, "password": person.password]), headers: [agent])
        let home = try browser.follow(browser.get("/"))
        #expect(home.form("/sessions/end") != nil)
        expectClean(home, agent, "user agent")
    }
}

/// Headers that keep pages out of other sites' hands.
@Suite struct `Pages in other sites` {
    private let site: SignOnSite

    init() throws { site = try SignOnSite.shared }

    private func expectGuarded(_ answer: HTTPAnswer, _ what: String, sourceLocation: SourceLocation = #_sourceLocation)
    {
        let policy = answer["content-security-policy"] ?? ""
        #expect(policy.contains("frame-ancestors 'none'"), "\(what)", sourceLocation: sourceLocation)
        #expect(answer["referrer-policy"] == "no-referrer", "\(what)", sourceLocation: sourceLocation)
        #expect(answer["cache-control"]?.contains("no-store") == true, "\(what)", sourceLocation: sourceLocation)
        #expect(answer["x-content-type-options"] == "nosniff", "\(what)", sourceLocation: sourceLocation)
        #expect(answer["access-control-allow-origin"] == nil, "\(what)", sourceLocation: sourceLocation)
    }

    @Test func `no page may be framed, kept or told of`() throws {
        let basic = try RelyingParty(site.portals.basic, at: site)
        let browser = Browser(site)
        for path in ["/", try basic.address(basic.attempt()), "/authorize", "/logout", "/device", "/continue?flow=x"] {
            expectGuarded(try browser.follow(browser.get(path)), path)
        }
        let person = try site.person()
        let page = try browser.follow(browser.get(basic.address(basic.attempt())))
        let notice = try browser.follow(
            browser.submit(page, "/sign-in", ["username": person.login, "password": person.password]))
        #expect(notice.form("/consent") != nil)
        expectGuarded(notice, "notice")
        #expect(notice["content-security-policy"]?.contains("form-action 'self' https://basic.example;") == true)
        for path in ["/", "/device", "/enrolment", "/logout"] {
            expectGuarded(try browser.follow(browser.get(path)), path)
        }
    }

    @Test func `no page of a second factor, a choice or a change of account may be framed, kept or told of`() throws {
        let strong = try RelyingParty(site.portals.strong, at: site)
        let (person, own) = (try site.person(assurance: "substantial"), Browser(site))
        let offered = try own.travel(strong.address(strong.attempt()), as: person).answer
        #expect(offered.form("/enrolment") != nil)
        expectGuarded(offered, "enrolment")
        let authenticator = Authenticator(secret: try #require(offered.enrolmentSecret))
        let wrong = try own.follow(own.submit(offered, "/enrolment", ["code": "no"]))
        #expect(wrong.form("/enrolment") != nil)
        expectGuarded(wrong, "enrolment again")
        let codes = try own.follow(
            own.submit(wrong, "/enrolment", ["code": authenticator.code(step: Authenticator.step)]))
        #expect(codes.text.contains("<li><code>"))
        expectGuarded(codes, "recovery codes")

        let other = Browser(site)
        let page = try other.follow(other.get(strong.address(strong.attempt())))
        let factor = try other.follow(
            other.submit(page, "/sign-in", ["username": person.login, "password": person.password]))
        #expect(factor.form("/second-factor") != nil)
        expectGuarded(factor, "second factor")
        let refused = try other.follow(other.submit(factor, "/second-factor", ["code": "000000"]))
        #expect(refused.form("/second-factor") != nil)
        expectGuarded(refused, "second factor again")
        let choice = try own.follow(own.get(strong.address(strong.attempt(["prompt": "select_account"]))))
        #expect(choice.form("/account") != nil)
        expectGuarded(choice, "account choice")
        for answer in [choice, factor, codes] {
            let policy = answer["content-security-policy"] ?? ""
            #expect(policy.contains("form-action 'self' https://strong.example;"), "\(policy)")
        }
    }

    @Test func `no page of a device or of leaving may be framed, kept or told of`() throws {
        let native = try RelyingParty(site.portals.native, at: site)
        let browser = Browser(site)
        try browser.signIn()
        for decision in ["allow", "deny"] {
            let started = try native.post("/device_authorization", ["scope": "openid profile"])
            let code = try #require(started.json?["user_code"]?.string)
            let question = try browser.get("/device?user_code=\(code)")
            #expect(question.form("/device/decision") != nil)
            expectGuarded(question, "device question")
            let done = try browser.follow(browser.submit(question, "/device/decision", ["decision": decision]))
            #expect(done.status == 200 && done.form("/device/decision") == nil)
            expectGuarded(done, "device done")
        }
        expectGuarded(try browser.get("/device?user_code=BBBB-BBBB"), "unknown device")
        let lost = try browser.post("/device/decision", ["user_code": "BBBB-BBBB", "token": "x", "decision": "allow"])
        #expect(lost.status == 400)
        expectGuarded(lost, "form of another page")
        let question = try browser.follow(browser.get("/logout"))
        #expect(question.form("/logout/decision") != nil)
        expectGuarded(question, "sign out?")
        let out = try browser.follow(browser.submit(question, "/logout/decision", ["decision": "allow"]))
        #expect(out.text.contains("You are signed out.") && browser.session == nil)
        expectGuarded(out, "signed out")
    }

    @Test func `cookies are out of reach of scripts and other sites, and tied to the host under TLS`() throws {
        let loopback = Browser(site)
        try loopback.signIn()
        #expect(loopback.cookieLines.contains { $0.hasPrefix("chancery=") })
        for line in loopback.cookieLines {
            #expect(line.contains("; HttpOnly") && line.contains("; SameSite=Lax") && line.contains("; Path=/"))
            #expect(!line.lowercased().contains("domain="))
        }
        let hasty = try SignOnSite.hasty
        let secure = Browser(hasty)
        let home = try secure.signIn()
        #expect(home["strict-transport-security"]?.contains("max-age=") == true)
        #expect(secure.cookieLines.contains { $0.hasPrefix("__Host-chancery=") })
        for line in secure.cookieLines {
            #expect(line.hasPrefix("__Host-") && line.contains("; Secure") && line.contains("; HttpOnly"))
        }
    }
}
