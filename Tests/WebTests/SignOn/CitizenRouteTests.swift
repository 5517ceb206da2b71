import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Primitives
import Testing

@testable import Web

@Suite struct CitizenRouteTests {
    @Test func `a person sees their sessions, the portals reached and the data sent`() async throws {
        try await TestSite.visit { surfer in
            _ = try await surfer.reach("tax")
            let page = try await surfer.get("/")
            #expect(page.text.contains("Hello, 王小明") && page.text.contains("this device"))
            #expect(page.text.contains("Reached: tax") && page.text.contains("Data sent to tax"))
        }
    }

    @Test func `a session that is ended is over, and its page says so`() async throws {
        try await TestSite.visit { surfer in
            let page = try await surfer.follow(surfer.signIn(surfer.get("/")))
            let ended = try await surfer.press(page, action: "/sessions/end")
            #expect(ended.headers[.location] == "/signed-out" && surfer.cookies["__Host-chancery"] == nil)
            #expect(try await surfer.get("/").text.contains("action=\"/sign-in\""))
        }
    }

    @Test func `all sessions end with one button`() async throws {
        try await TestSite.visit { surfer in
            let other = surfer.other
            _ = try await other.follow(other.signIn(other.get("/")))
            let page = try await surfer.follow(surfer.signIn(surfer.get("/")))
            _ = try await surfer.press(page, action: "/sessions/end-all")
            #expect(try await other.get("/").text.contains("action=\"/sign-in\""))
        }
    }

    @Test func `the form of another session ends nothing`() async throws {
        try await TestSite.visit { surfer in
            let page = try await surfer.follow(surfer.signIn(surfer.get("/")))
            let other = surfer.other
            _ = try await other.follow(other.signIn(other.get("/")))
            for action in ["/sessions/end", "/sessions/end-all"] {
                #expect(try await other.press(page, action: action).status == .badRequest)
            }
            #expect(try await surfer.get("/").text.contains("Hello, 王小明"))
        }
    }
}

@Suite struct LogoutRouteTests {
    @Test func `without a hint the person is asked`() async throws {
        try await TestSite.visit { surfer in
            _ = try await surfer.reach()
            let page = try await surfer.get("/logout?client_id=citizen")
            #expect(page.text.contains("citizen asks to sign you out."))
            let stayed = try await surfer.press(page, action: "/logout/decision", [("decision", "deny")])
            #expect(stayed.headers[.location] == "/" && surfer.cookies["__Host-chancery"] != nil)
            let left = try await surfer.press(page, action: "/logout/decision", [("decision", "allow")])
            #expect(left.headers[.location] == "/signed-out" && surfer.cookies["__Host-chancery"] == nil)
            #expect(try await surfer.get("/signed-out").text.contains("You are signed out."))
        }
    }

    @Test func `with the session's own ID token it is done at once, by GET and by POST`() async throws {
        for isPosted in [false, true] {
            try await TestSite.visit { surfer in
                let hint = try #require(try await surfer.redeem(surfer.reach())["id_token"]?.string)
                let pairs = [
                    (name: "id_token_hint", value: hint),
                    (name: "post_logout_redirect_uri", value: "https://citizen.example/"),
                    (name: "state", value: "bye"),
                ]
                let answer =
                    isPosted
                    ? try await surfer.follow(surfer.post("/logout", pairs))
                    : try await surfer.get("/logout?" + FormWriter.text(pairs))
                #expect(answer.headers[.location] == "https://citizen.example/?state=bye")
                #expect(surfer.cookies["__Host-chancery"] == nil)
            }
        }
    }

    @Test func `nobody is sent to an address that is not registered, and nothing ends`() async throws {
        try await TestSite.visit { surfer in
            _ = try await surfer.reach()
            let page = try await surfer.get(
                "/logout?"
                    + FormWriter.text([("client_id", "citizen"), ("post_logout_redirect_uri", "https://evil.example/")])
            )
            #expect(page.status == .badRequest && page.headers[.location] == nil)
            #expect(try await surfer.get("/").text.contains("Hello, 王小明"))
        }
    }
}
