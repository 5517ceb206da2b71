import Foundation
import Primitives
import Testing

/// Requests that are huge, slow or many.
@Suite struct `Sign-on under strain` {
    private static let paths = ["/token", "/par", "/introspect", "/revoke", "/device_authorization"]

    private let site: SignOnSite

    init() throws { site = try SignOnSite.shared }

    @Test func `bodies over 64 KiB are refused, wherever they come`() throws {
        let body = Array(("token=" + String(repeating: "a", count: 64 << 10)).utf8)
        let type = "Content-Type: application/x-www-form-urlencoded"
        for path in Self.paths + ["/authorize", "/sign-in", "/consent", "/userinfo", "/logout"] {
            #expect(try site.ask("POST", path, headers: [type], body: body).status == 413, "\(path)")
        }
    }

    @Test func `a form with thousands of fields is refused before it is read`() throws {
        let body = Array((0..<4000).map { "p\($0)=1" }.joined(separator: "&").utf8)
        let type = "Content-Type: application/x-www-form-urlencoded"
        for path in Self.paths + ["/sign-in"] {
            #expect(try site.ask("POST", path, headers: [type], body: body).status == 400, "\(path)")
        }
        let query = (0..<1000).map { "p\($0)=1" }.joined(separator: "&")
        #expect(try site.get("/authorize?" + query).status == 400)
    }

    @Test func `what is no form, or broken, is told so, and never fails`() throws {
        let type = "Content-Type: application/x-www-form-urlencoded"
        for path in Self.paths {
            for (what, type, body) in [
                ("JSON", "Content-Type: application/json", Array(#"{"token":"x"}"#.utf8)),
                ("no type", "X-No: type", [0x61]),
                ("half an escape", type, Array("token=%4".utf8)), ("no UTF-8", type, Array("token=%ff%fe".utf8)),
                ("bytes", type, [0x61, 0x3D, 0xFF, 0x00]), ("NUL", type, Array("token=%00".utf8)),
                ("nothing", type, []),
            ] {
                let answer = try site.ask("POST", path, headers: [type], body: body)
                #expect([400, 401, 415].contains(answer.status), "\(path) \(what): \(answer.status)")
                #expect(answer.json?["error"]?.string != nil, "\(path) \(what): \(answer.text)")
            }
        }
        for path in ["/authorize?%ff", "/authorize?a=%", "/logout?%c3%28", "/device?user_code=%00", "/continue?flow=%"]
        {
            #expect(try site.get(path).status == 400, "\(path)")
        }
    }

    @Test func `a long request is an answer, not a fault`() throws {
        let basic = try RelyingParty(site.portals.basic, at: site)
        for name in ["state", "nonce", "scope", "claims", "login_hint", "acr_values", "ui_locales", "client_id"] {
            let long = String(repeating: "a", count: 9000)
            let answer = try Browser(site).get(basic.address(basic.attempt([name: long])))
            #expect([200, 303, 400].contains(answer.status), "\(name): \(answer.status)")
        }
        let answer = try site.get("/authorize?a=" + String(repeating: "b", count: 20 << 10))
        #expect([400, 414, 431].contains(answer.status), "\(answer.status)")
        let deep = String(repeating: "{\"userinfo\":", count: 500) + String(repeating: "}", count: 500)
        let nested = try Browser(site).get(basic.address(basic.attempt(["claims": deep])))
        #expect(Form(queryOf: nested["location"] ?? "")["error"] == "invalid_request")
    }

    @Test func `a form that comes letter by letter is not waited for`() async throws {
        let port = site.port
        let seconds = try await Crowd.aside { () -> Double? in
            let connection = try Connection(port: port)
            connection.send(
                "POST /token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: 1000\r\n\r\ngrant_type=")
            let begin = Date()
            while Date().timeIntervalSince(begin) < 45 {
                guard connection.send("a"), connection.closed(within: 1) == nil else {
                    return Date().timeIntervalSince(begin)
                }
            }
            return nil
        }
        #expect((25...42).contains(try #require(seconds)), "\(seconds ?? 0)")
        #expect(try site.get("/jwks").status == 200)
    }

    /// 64 MiB for each hash: forty at once would be 2.5 GiB if nothing bounded them.
    @Test func `a flood of passwords is turned away with 503 while memory stays flat`() async throws {
        let site = try SignOnSite(
            SignOnSite.Settings(signIn: "password: {scrypt: {n: 65536, r: 8, p: 2}, workers: 1, queue: 3}\n"))
        defer { site.close() }
        let forms = try (0..<40).map { _ in
            let browser = Browser(site)
            let form = try #require(try browser.follow(browser.get("/")).form("/sign-in"))
            return (cookies: browser.cookies, fields: form.fields)
        }
        _ = try Browser(site).travel("/")
        let before = try site.service.residentMemory()
        let answers = try await Crowd.run(40) { index in
            let browser = Browser(site)
            browser.cookies = forms[index].cookies
            return try browser.post(
                "/sign-in", forms[index].fields.with(["username": site.citizen.login, "password": "wrong \(index)"]))
        }
        let after = try site.service.residentMemory()
        let busy = answers.filter { $0.status == 503 }
        #expect(answers.allSatisfy { [303, 503].contains($0.status) }, "\(answers.map(\.status))")
        #expect(busy.count >= 20, "\(answers.map(\.status))")
        for answer in busy {
            #expect(Int(answer["retry-after"] ?? "") != nil)
            #expect(answer["content-type"]?.hasPrefix("text/html") == true)
        }
        #expect(after - before < 96 << 20, "\(before >> 20) MiB, then \(after >> 20) MiB")
        #expect(try site.get("/jwks").status == 200)
        #expect(try Browser(site).travel("/").answer.form("/sessions/end") != nil, "afterwards people sign in")
    }
}
