import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import Licensing
import Primitives
import Testing

@testable import Web

@Suite struct PageAttackTests {
    @Test func `a form made in one browser does nothing in another`() async throws {
        try await TestSite.visit { attacker in
            let page = try await attacker.get(TestSurfer.request())
            let victim = attacker.other
            let lost = try await victim.signIn(page)
            #expect(lost.status == .badRequest && victim.cookies["__Host-chancery"] == nil)
            #expect(lost.text.contains("This page is too old, or was opened in another browser."))
            // Not even when the victim has a flow of their own.
            _ = try await victim.get(TestSurfer.request())
            #expect(try await victim.signIn(page).status == .badRequest)
        }
    }

    @Test func `a session cookie that was there before is not the one after signing in`() async throws {
        try await TestSite.visit { surfer in
            surfer.cookies["__Host-chancery"] = Base64.encodeURL([UInt8](repeating: 7, count: 32))
            let planted = surfer.cookies["__Host-chancery"]
            _ = try await surfer.signIn(surfer.get("/"))
            #expect(surfer.cookies["__Host-chancery"] != planted)
        }
    }

    @Test func `every form of an own page is refused without its token`() async throws {
        try await TestSite.visit { surfer in
            _ = try await surfer.reach()
            let posts = try TestSite(surfer.desk).routes.filter {
                $0.method == .post && $0.permission == .formOfOwnPage
            }
            #expect(posts.count >= 10)
            for route in posts {
                let forms: [[(name: String, value: String)]] = [
                    [],
                    [("flow", "AAAA"), ("token", "AAAA"), ("decision", "allow"), ("session", "x"), ("user_code", "x")],
                ]
                for form in forms {
                    let answer = try await surfer.post(route.path, form)
                    #expect(answer.status == .badRequest || answer.headers[.location] == "/", "\(route.path)")
                    #expect(answer.headers[values: .setCookie].isEmpty, "\(route.path)")
                }
            }
            #expect(try await surfer.get("/").text.contains("Hello, 王小明"))
        }
    }

    @Test(arguments: [
        "\"><script>alert(1)</script>", "\"\u{301} autofocus onfocus=alert(1) x=\"", "'><img src=x>",
    ])
    func `nothing that was sent becomes part of a page's markup`(_ attack: String) async throws {
        try await TestSite.visit { surfer in
            let names = [
                "login_hint", "state", "nonce", "scope", "ui_locales", "prompt", "claims", "acr_values", "redirect_uri",
                "client_id", "id_token_hint", "request_uri", "unknown",
            ]
            for name in names {
                let page = try await surfer.get(TestSurfer.request("citizen", [name: attack]))
                #expect(!page.text.contains(attack), "\(name)")
            }
            for path in ["/continue", "/device", "/logout", "/signed-out", "/device/done"] {
                for name in ["flow", "user_code", "state", "client_id", "ui_locales", "decision"] {
                    let page = try await surfer.get(path + "?" + FormWriter.text([(name, attack)]))
                    #expect(!page.text.contains(attack), "\(path) \(name)")
                }
            }
        }
    }

    @Test func `a value that looks like a template is a value`() async throws {
        try await TestSite.visit { surfer in
            let page = try await surfer.get(TestSurfer.request("citizen", ["login_hint": "{{flow}}{{{base}}}"]))
            #expect(page.text.contains("value=\"{{flow}}{{{base}}}\""))
        }
    }

    @Test func `the Host header changes nothing on a page or in discovery`() async throws {
        try await TestSite.visit { surfer in
            let forged: HTTPFields = [
                fieldName("X-Forwarded-Host"): "evil.example", fieldName("X-Forwarded-Proto"): "http",
            ]
            for path in ["/", "/.well-known/openid-configuration", TestSurfer.request()] {
                let page = try await surfer.get(path, forged)
                #expect(!page.text.contains("evil.example"))
            }
        }
    }

    @Test func `where hashing is full the person is told to wait and can try again`() async throws {
        try await TestSite.visit(passwords: TestPool(error: PasswordPoolFull())) { surfer in
            let page = try await surfer.get(TestSurfer.request())
            let busy = try await surfer.signIn(page)
            #expect(busy.status == .serviceUnavailable && busy.headers[.retryAfter] == "2")
            let again = try #require(busy.text.split(separator: "href=\"/continue?flow=").dropFirst().first)
            let back = try await surfer.get("/continue?flow=" + again.prefix { $0 != "\"" })
            #expect(back.text.contains("action=\"/sign-in\"") && surfer.cookies["__Host-chancery"] == nil)
        }
    }

    @Test func `where the store has too much to do the person is told so too`() async throws {
        try await TestSite.visit(passwords: TestPool(error: RegisterRefusal.busy)) { surfer in
            let busy = try await surfer.signIn(surfer.get(TestSurfer.request()))
            #expect(busy.status == .serviceUnavailable && busy.headers[.retryAfter] == "1")
        }
    }

    @Test func `what nobody foresaw says nothing of itself`() async throws {
        try await TestSite.visit(passwords: TestPool(error: TestDesk.Fault())) { surfer in
            let failed = try await surfer.signIn(surfer.get(TestSurfer.request()))
            #expect(failed.status == .internalServerError && !failed.text.contains("Fault"))
            #expect(failed.headers[.contentType] == "text/html; charset=utf-8")
        }
    }

    @Test func `languages follow the portal, then the browser`() async throws {
        try await TestSite.visit { surfer in
            let portal = try await surfer.get(TestSurfer.request("citizen", ["ui_locales": "fr zh-CN"]))
            #expect(portal.text.contains("<html lang=\"zh\">") && portal.headers[.contentLanguage] == "zh")
            #expect(try await surfer.get("/", [.acceptLanguage: "en"]).text.contains("<html lang=\"en\">"))
            #expect(try await surfer.get("/", [:]).text.contains("<html lang=\"zh\">"))
        }
    }
}

extension TestDesk {
    struct Fault: Error {}
}

/// Fails at every password.
private struct TestPool: PasswordHashing {
    let error: any Error

    func hash(_ password: Secret) async throws -> String { throw error }

    func matches(_ password: Secret, hash: String?) async throws -> Bool { throw error }

    func isCurrent(_ hash: String) -> Bool { true }
}
