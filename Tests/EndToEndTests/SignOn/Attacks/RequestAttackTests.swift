import Primitives
import Testing

/// Requests made to lead a browser, or a code, astray.
@Suite struct `Attacks on requests` {
    private let site: SignOnSite
    private let basic: RelyingParty
    private let native: RelyingParty

    init() throws {
        site = try SignOnSite.shared
        basic = try RelyingParty(site.portals.basic, at: site)
        native = try RelyingParty(site.portals.native, at: site)
    }

    /// An error page of the provider itself, without a way out.
    private func expectPage(_ address: String, _ what: String, sourceLocation: SourceLocation = #_sourceLocation) throws
    {
        let answer = try Browser(site).get(address)
        #expect(answer.status == 400, "\(what): \(answer.status)", sourceLocation: sourceLocation)
        #expect(answer["location"] == nil, "\(what)", sourceLocation: sourceLocation)
        #expect(answer["content-type"]?.hasPrefix("text/html") == true, "\(what)", sourceLocation: sourceLocation)
        #expect(!answer.text.contains("evil.example"), "\(what)", sourceLocation: sourceLocation)
    }

    @Test(arguments: [
        "https://evil.example/callback", "https://basic.example.evil.example/callback",
        "https://basic.example@evil.example/callback", "https://basic.example/callback/",
        "https://basic.example/callback?x=1", "https://basic.example/callback#x", "https://basic.example/callback/../x",
        "https://basic.example/%63allback", "https://BASIC.example/callback", "HTTPS://basic.example/callback",
        "https://basic.example:443/callback", "http://basic.example/callback", "https://basic.example/callback%00",
        " https://basic.example/callback", "https://basic.example/callback ", "https://basic.example\\@evil.example",
        "//basic.example/callback", "/callback", "javascript:alert(1)//", "data:text/html,x", "",
        "https://basic.example/Callback", "https://second.example/callback", "http://127.0.0.1/callback",
    ])
    func `a redirect URI that is not byte for byte the portal's leads nowhere`(uri: String) throws {
        try expectPage(basic.address(basic.attempt(["redirect_uri": uri])), uri)
    }

    @Test func `a native app's port may differ, and nothing else`() throws {
        for uri in ["http://127.0.0.1:1/callback", "http://127.0.0.1:65535/callback", "http://[::1]:4711/callback"] {
            let answer = try Browser(site).get(native.address(native.attempt(["redirect_uri": uri])))
            #expect(answer.status == 200, "\(uri)")
        }
        for uri in [
            "http://127.0.0.1:0/callback", "http://127.0.0.1:65536/callback", "http://127.0.0.1:80x/callback",
            "http://127.0.0.1:1@evil.example/callback", "http://127.0.0.1.evil.example/callback",
            "http://localhost/callback", "https://127.0.0.1:1/callback", "http://127.0.0.2:1/callback",
            "http://127.0.0.1:1/other", "http://[::1]:1/callback?x",
        ] {
            try expectPage(native.address(native.attempt(["redirect_uri": uri])), uri)
        }
    }

    @Test func `no client, a client that is not there, or one that signs nobody in, is an error page`() throws {
        for id in [nil, "", "nobody", "registry", "system", "../basic", "basic\u{0}"] {
            try expectPage(basic.address(basic.attempt(["client_id": id])), id ?? "none")
        }
    }

    @Test(arguments: [
        "response_type", "scope", "state", "nonce", "prompt", "max_age", "code_challenge", "code_challenge_method",
        "acr_values", "claims", "id_token_hint", "login_hint", "ui_locales", "response_mode", "request",
    ])
    func `a parameter that stands twice is an error at the portal, whatever it says`(name: String) throws {
        let attempt = basic.attempt(usesProofKey: true)
        let value = attempt.form[name] ?? "1"
        let form = attempt.form[name] == nil ? attempt.form.adding(name, value) : attempt.form
        let answer = try Browser(site).get("/authorize?" + form.adding(name, value).text)
        #expect(answer.status == 303)
        #expect(Form(queryOf: answer["location"] ?? "")["error"] == "invalid_request")
    }

    @Test(arguments: ["client_id", "redirect_uri"])
    func `two clients or two ways back are an error page`(name: String) throws {
        let form = basic.attempt().form
        for value in [form[name] ?? "", "https://evil.example/"] {
            try expectPage("/authorize?" + form.adding(name, value).text, "\(name)=\(value)")
        }
    }

    @Test(arguments: ["grant_type", "code", "redirect_uri", "client_id", "code_verifier"])
    func `a parameter that stands twice is refused at the token endpoint`(name: String) throws {
        let attempt = basic.attempt(usesProofKey: true)
        let code = try basic.code(attempt, in: Browser(site))
        let form = basic.redemption(code, attempt).with(["client_id": "basic"])
        RelyingParty.expect(
            try basic.post("/token", form.adding(name, form[name] ?? "")), "invalid_request", statuses: [400])
        #expect(try basic.post("/token", form).status == 200, "the code was not spent by it")
    }

    // MARK: Answers

    @Test func `a state with line breaks sets no header`() throws {
        let state = "a\r\nSet-Cookie: chancery=evil\r\n\r\n<html>"
        for changes in [["state": state, "prompt": "none"], ["state": state, "response_type": nil]] {
            let answer = try Browser(site).get(basic.address(basic.attempt(changes)))
            #expect(answer.status == 303)
            #expect(!answer.all("set-cookie").contains { $0.contains("evil") })
            #expect(Form(queryOf: answer["location"] ?? "")["state"] == state)
        }
    }

    @Test func `a forged host changes no address, link or redirect`() throws {
        let form = basic.attempt().form
        for (method, path) in [
            ("GET", "/.well-known/openid-configuration"), ("GET", "/authorize?" + form.text), ("POST", "/authorize"),
            ("GET", "/logout"), ("GET", "/"),
        ] {
            let connection = try Connection(port: site.port)
            let body = method == "POST" ? form.text : ""
            connection.send(
                """
                \(method) \(path) HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: evil.example\r\n\
                Forwarded: host=evil.example;proto=https\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\
                Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)
                """)
            let answer = try #require(connection.answer(), "\(path)")
            #expect(!answer.text.contains("evil.example"), "\(method) \(path)")
            for (name, value) in answer.headers { #expect(!value.contains("evil.example"), "\(path): \(name)") }
        }
        let document = try #require(try site.get("/.well-known/openid-configuration").json)
        #expect(document["issuer"]?.string == site.issuer)
    }

    @Test func `nobody is sent from logout to an address that is not the portal's`() throws {
        let browser = Browser(site)
        let hint = try #require(try basic.tokens(in: browser).idToken)
        for uri in [
            "https://evil.example/", "https://second.example/goodbye", "//evil.example", "javascript:alert(1)",
            "https://basic.example/goodbye/", "https://basic.example/goodbye@evil.example", "/\\evil.example",
        ] {
            for who in [["id_token_hint": hint], ["client_id": "basic"], [:]] as [[String: String]] {
                let form = Form(["post_logout_redirect_uri": uri]).with(who.mapValues { $0 })
                let answer = try browser.get("/logout?" + form.text)
                let target = answer["location"] ?? ""
                #expect(site.path(of: target) != nil || target.isEmpty, "\(uri) \(who.keys): \(target)")
                #expect(answer.form("/logout/decision") != nil || answer.status == 400, "\(uri)")
            }
        }
        #expect(try browser.isSignedIn(), "and nothing ended")
    }

    @Test func `a forged id_token_hint signs nobody out and in`() throws {
        let browser = Browser(site)
        let tokens = try basic.tokens(in: browser)
        let real = try #require(tokens.idToken)
        let stranger = try #require(try basic.tokens(as: site.neighbour).idToken)
        let other = try #require(
            try RelyingParty(site.portals.asking, at: site).tokens(as: site.neighbour).idToken)
        var parts = real.split(separator: ".").map(String.init)
        parts[1] = JWTText.encoded(try site.claims(real).with(["sub": "somebody"]))
        let key = try ClientKey(.es256, keyID: "forged")
        let signed = try key.jwt(JSONObject([("alg", "ES256"), ("kid", "forged")]), try site.claims(real))
        let forged = [JWTText.unsigned(real), parts.joined(separator: "."), signed, tokens.access, "x"]
        for hint in forged {
            let answer = try browser.get(basic.address(basic.attempt(["prompt": "none", "id_token_hint": hint])))
            #expect(Form(queryOf: answer["location"] ?? "")["code"] == nil, "\(hint.prefix(20))")
        }
        for hint in forged + [stranger, other] {
            let answer = try browser.follow(browser.get("/logout?" + Form(["id_token_hint": hint]).text))
            #expect(answer.form("/logout/decision") != nil, "\(hint.prefix(20))")
        }
        let silent = try browser.get(basic.address(basic.attempt(["prompt": "none", "id_token_hint": stranger])))
        #expect(Form(queryOf: silent["location"] ?? "")["error"] == "login_required", "it names somebody else")
        #expect(try browser.isSignedIn())
    }
}
