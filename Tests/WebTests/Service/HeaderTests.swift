import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Web

/// The headers of each kind of answer, to the letter.
@Suite struct HeaderTests {
    private static let everywhere: [HTTPField.Name: String] = [
        .xContentTypeOptions: "nosniff", .referrerPolicy: "no-referrer",
        .strictTransportSecurity: "max-age=31536000; includeSubDomains",
    ]

    private static func policy(_ formAction: String) -> String {
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action \(formAction); frame-ancestors 'none'; "
            + "base-uri 'none'"
    }

    private func expect(
        _ response: TestResponse, type: String?, cache: String, policy: String,
        location: SourceLocation = #_sourceLocation
    ) {
        for (name, value) in HeaderTests.everywhere {
            #expect(response.headers[name] == value, sourceLocation: location)
        }
        #expect(response.headers[.contentType] == type, sourceLocation: location)
        #expect(response.headers[.cacheControl] == cache, sourceLocation: location)
        #expect(response.headers[.contentSecurityPolicy] == policy, sourceLocation: location)
    }

    private static let html = "text/html; charset=utf-8"
    private static let dataPolicy = "default-src 'none'; frame-ancestors 'none'"

    @Test func `a page lets forms go to itself, and to the portal that the flow ends at`() async throws {
        try await TestSite.visit { surfer in
            let home = try await surfer.get("/")
            expect(home, type: HeaderTests.html, cache: "no-store", policy: HeaderTests.policy("'self'"))
            let onwards = try await surfer.get(TestSurfer.request())
            expect(
                onwards, type: HeaderTests.html, cache: "no-store",
                policy: HeaderTests.policy("'self' https://citizen.example"))
            #expect(onwards.headers[.accessControlAllowOrigin] == nil)
        }
    }

    @Test func `an error page lets forms go to itself only`() async throws {
        try await TestSite.visit { surfer in
            let page = try await surfer.get("/authorize?client_id=nobody")
            expect(page, type: HeaderTests.html, cache: "no-store", policy: HeaderTests.policy("'self'"))
            #expect(page.status == .badRequest)
        }
    }

    @Test func `an OAuth answer is never kept`() async throws {
        try await TestSite.visit { surfer in
            let refused = try await surfer.post("/token", [("grant_type", "client_credentials")])
            expect(refused, type: "application/json", cache: "no-store", policy: HeaderTests.dataPolicy)
            #expect(refused.headers[.accessControlAllowOrigin] == "*")
            #expect(refused.headers[values: .setCookie].isEmpty)
        }
    }

    @Test(arguments: ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server", "/jwks"])
    func `discovery is kept for five minutes and asked for by its tag`(_ path: String) async throws {
        try await TestSite.visit { surfer in
            let document = try await surfer.get(path)
            expect(
                document, type: "application/json", cache: "public, max-age=300", policy: HeaderTests.dataPolicy)
            let tag = try #require(document.headers[.eTag])
            let again = try await surfer.get(path, [.ifNoneMatch: tag])
            #expect(again.status == .notModified && again.text.isEmpty)
        }
    }

    @Test func `the stylesheet is named by its content and kept for ever`() async throws {
        try await TestSite.visit { surfer in
            let page = try await surfer.get("/")
            let name = try #require(page.text.split(separator: "href=\"/assets/chancery-").dropFirst().first)
            let path = "/assets/chancery-" + name.prefix { $0 != "\"" }
            let sheet = try await surfer.get(path)
            expect(
                sheet, type: "text/css; charset=utf-8", cache: "public, max-age=31536000, immutable",
                policy: HeaderTests.dataPolicy)
        }
    }

    @Test func `a native app on IPv6 loopback is named by its port, and nothing ends the directive early`() {
        #expect(
            ContentSecurityPolicy.page(formOrigin: "http://[::1]:5100").contains("form-action 'self' http://*:5100;"))
        #expect(ContentSecurityPolicy.page(formOrigin: "https://a; script-src *").contains("form-action 'self';"))
        #expect(
            ContentSecurityPolicy.page(formOrigin: "https://a.example").contains(
                "form-action 'self' https://a.example;"))
    }
}
