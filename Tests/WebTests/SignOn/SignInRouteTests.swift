import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Primitives
import Testing

@testable import Web

@Suite struct SignInRouteTests {
    @Test func `from a portal's request over password and notice to a code, tokens and claims`() async throws {
        try await TestSite.visit { surfer in
            let page = try await surfer.get(TestSurfer.request())
            #expect(page.status == .ok && page.text.contains("Sign in to continue to citizen (Market Bureau)."))
            let answered = try await surfer.signIn(page)
            #expect(answered.status == .seeOther)
            #expect(answered.headers[.location]?.hasPrefix("/continue?flow=") == true)
            let notice = try await surfer.follow(answered)
            #expect(notice.text.contains("王小明") && notice.text.contains("Your name"))
            let back = try await surfer.press(notice, action: "/consent", [("decision", "allow")])
            let location = try #require(back.headers[.location])
            #expect(back.status == .seeOther && location.hasPrefix("https://citizen.example/callback?code="))
            #expect(try TestSurfer.parameter("state", of: location) == "s1")

            let tokens = try await surfer.redeem(location)
            let token = try #require(tokens["access_token"]?.string)
            let claims = try await surfer.get("/userinfo", [.authorization: "Bearer \(token)"])
            #expect(try claims.json()["name"]?.string == "王小明")
        }
    }

    @Test func `a second portal asks for no password`() async throws {
        try await TestSite.visit { surfer in
            _ = try await surfer.reach("citizen")
            let page = try await surfer.get(TestSurfer.request("tax"))
            #expect(page.text.contains("Allow tax?") && !page.text.contains("type=\"password\""))
            _ = try await surfer.press(page, action: "/consent", [("decision", "allow")])
            let again = try await surfer.get(TestSurfer.request("tax"))
            #expect(again.status == .seeOther && again.headers[.location]?.contains("code=") == true)
        }
    }

    @Test func `a wrong password is told beside the fields and opens nothing`() async throws {
        try await TestSite.visit { surfer in
            let page = try await surfer.get(TestSurfer.request())
            let answered = try await surfer.signIn(page, "wrong")
            #expect(surfer.cookies["__Host-chancery"] == nil)
            let again = try await surfer.follow(answered)
            #expect(again.text.contains("The user name or password is not right."))
            #expect(again.text.contains("role=\"alert\"") && again.text.contains("aria-describedby=\"refusal\""))
            let entered = try await surfer.follow(surfer.signIn(again))
            #expect(entered.text.contains("action=\"/consent\""))
        }
    }

    @Test func `no is an answer for the portal, and any other word than allow is no`() async throws {
        try await TestSite.visit { surfer in
            for decision in ["deny", "ALLOW", "allow "] {
                var page = try await surfer.get(TestSurfer.request("tax"))
                if page.text.contains("/sign-in") { page = try await surfer.follow(surfer.signIn(page)) }
                let back = try await surfer.press(page, action: "/consent", [("decision", decision)])
                #expect(back.headers[.location]?.contains("error=access_denied") == true)
            }
        }
    }

    @Test func `a posted request is asked again with GET, where the cookies come along`() async throws {
        try await TestSite.visit { surfer in
            _ = try await surfer.reach()
            let moved = try await surfer.post("/authorize", TestSurfer.pairs("citizen", ["prompt": "none"]))
            let location = try #require(moved.headers[.location])
            #expect(moved.status == .seeOther && location.hasPrefix("/authorize?"))
            let back = try await surfer.get(location)
            #expect(back.headers[.location]?.contains("code=") == true)
        }
    }

    @Test func `repeated parameters stay repeated on their way from POST to GET`() async throws {
        try await TestSite.visit { surfer in
            let pairs = TestSurfer.pairs("citizen") + [(name: "state", value: "s2")]
            let moved = try await surfer.post("/authorize", pairs)
            let back = try await surfer.get(try #require(moved.headers[.location]))
            #expect(back.headers[.location]?.contains("error=invalid_request") == true)
        }
    }

    @Test(
        arguments: [
            ["client_id": "nobody"], ["redirect_uri": "https://citizen.example/callback/"], ["redirect_uri": nil],
        ] as [[String: String?]])
    func `nobody is sent to an address that is not registered`(_ changes: [String: String?]) async throws {
        try await TestSite.visit { surfer in
            let page = try await surfer.get(TestSurfer.request("citizen", changes))
            #expect(page.status == .badRequest && page.headers[.location] == nil)
            #expect(page.text.contains("This cannot go on"))
        }
    }

    @Test func `prompt=none shows no page`() async throws {
        try await TestSite.visit { surfer in
            let back = try await surfer.get(TestSurfer.request("citizen", ["prompt": "none"]))
            #expect(back.status == .seeOther && back.headers[.location]?.contains("error=login_required") == true)
        }
    }

    @Test func `the account can be chosen`() async throws {
        try await TestSite.visit { surfer in
            _ = try await surfer.reach()
            surfer.desk.clock.advance(by: 60)
            let page = try await surfer.get(TestSurfer.request("citizen", ["prompt": "select_account"]))
            #expect(page.text.contains("action=\"/account\"") && page.text.contains("王小明"))
            let kept = try await surfer.follow(surfer.press(page, action: "/account", [("decision", "allow")]))
            #expect(kept.headers[.location]?.contains("code=") == true)
            let other = try await surfer.follow(surfer.press(page, action: "/account", [("decision", "deny")]))
            #expect(other.text.contains("action=\"/sign-in\""))
        }
    }

    @Test func `an authenticator is set up, a code is asked for, and wrong ones are told`() async throws {
        try await TestSite.visit { surfer in
            let home = try await surfer.get("/enrolment")
            let page = try await surfer.follow(surfer.signIn(home))
            #expect(page.text.contains("<path fill=\"#000\" d=\"M4 4h1v1h-1zM5 5h1v1h-1z\"/>"))
            let wrong = try await surfer.follow(surfer.press(page, action: "/enrolment", [("code", "abc")]))
            #expect(wrong.text.contains("The code is not right."))
            let secret = try #require(TestSurfer.secret(of: wrong))
            let code = TestOneTimePasswords.code(secret, at: surfer.desk.clock.now())
            let codes = try await surfer.follow(surfer.press(wrong, action: "/enrolment", [("code", code)]))
            #expect(codes.text.contains("Keep these recovery codes") && codes.text.contains("<li><code>"))

            let other = surfer.other
            let asked = try await other.follow(other.signIn(other.get("/")))
            #expect(asked.text.contains("Confirm it is you") && other.cookies["__Host-chancery"] == nil)
            let refused = try await other.follow(other.press(asked, action: "/second-factor", [("code", "000000")]))
            #expect(refused.text.contains("The code is not right, or was used before."))
            surfer.desk.clock.advance(by: 30)
            let next = TestOneTimePasswords.code(secret, at: surfer.desk.clock.now())
            let entered = try await other.follow(other.press(refused, action: "/second-factor", [("code", next)]))
            #expect(entered.text.contains("Hello, 王小明"))
        }
    }
}

extension TestSurfer {
    /// The secret that a page shows to be typed by hand.
    static func secret(of page: TestResponse) -> Secret? {
        let shown = page.text.split(separator: "class=\"secret\">", maxSplits: 1).dropFirst().first?.prefix {
            $0 != "<"
        }
        return shown.flatMap { Base32.decode($0.filter { $0 != " " }) }.map { Secret($0) }
    }
}
