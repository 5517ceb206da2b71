import Foundation
import Primitives
import Testing

/// What the service answers, route by route.
@Suite final class `The service`: ServedSuite {
    /// Headers that stand on every answer, whatever it is.
    private static let everywhere = [
        "content-security-policy": "default-src 'none'; frame-ancestors 'none'", "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
    ]

    /// Every route with what its headers say beside those; a new route belongs here too.
    private func golden() -> [(path: String, status: Int, type: String, cache: String, isOpen: Bool)] {
        let list = "/status-lists/1"
        return [
            ("/health/live", 200, "application/json", "no-store", false),
            ("/health/ready", 200, "application/json", "no-store", false),
            (list, 200, "application/statuslist+jwt", "public, max-age=60", true),
            ("/crl/root.crl", 200, "application/pkix-crl", "public, max-age=600", true),
            ("/crl/issuing-ca.crl", 200, "application/pkix-crl", "public, max-age=600", true),
            ("/bundle", 200, "application/jwt", "no-store", true),
            ("/v1/licenses/\(number)/credential", 200, "application/dc+sd-jwt", "no-store", false),
            ("/v1/verifications", 405, "application/problem+json", "no-store", false),
            ("/nowhere", 404, "application/problem+json", "no-store", false),
            ("/status-lists/99", 404, "application/problem+json", "no-store", false),
            ("/status-lists/01", 404, "application/problem+json", "no-store", false),
            ("/crl/other.crl", 404, "application/problem+json", "no-store", false),
            ("/v1/licenses/7/credential", 404, "application/problem+json", "no-store", false),
            ("/../keys/private/passphrase", 404, "application/problem+json", "no-store", false),
        ]
    }

    @Test func `answers every route with the headers of the house, and no others`() throws {
        for route in golden() {
            for method in ["GET", "HEAD"] {
                let answer = try service.ask(method, route.path)
                #expect(answer.status == route.status, "\(method) \(route.path)")
                var expected = Self.everywhere
                expected["content-type"] = route.type
                expected["cache-control"] = route.cache
                if route.isOpen { expected["access-control-allow-origin"] = "*" }
                // Their values change; that they are there is tried elsewhere.
                let changing = ["content-length", "date", "etag", "allow", "connection"]
                let found = answer.headers.filter { !changing.contains($0.name) }
                #expect(
                    Dictionary(found.map { ($0.name, $0.value) }) { first, _ in first } == expected,
                    "\(method) \(route.path)")
                #expect(found.count == expected.count, "none stands twice on \(route.path)")
                if method == "HEAD" { #expect(answer.body.isEmpty) }
            }
        }
    }

    @Test func `tells every problem as a problem document and repeats nothing of the request`() throws {
        let asked: [(HTTPAnswer, Int)] = [
            (try service.get("/nowhere?holder=%E5%8D%A1%E5%A8%9C%E8%8E%89"), 404),
            (try service.ask("POST", "/v1/verifications", body: Array("卡娜莉".utf8)), 415),
            (try service.ask("POST", "/v1/verifications", body: []), 400),
            (try service.ask("DELETE", "/status-lists/1"), 405),
        ]
        for (answer, status) in asked {
            #expect(answer.status == status)
            #expect(answer["content-type"] == "application/problem+json")
            let problem = try #require(answer.json)
            #expect(problem.object?.names == ["type", "title", "status", "detail"])
            #expect(problem["status"]?.integer == Int64(status))
            #expect(problem["type"] == "about:blank")
            #expect(problem["detail"]?.string?.isEmpty == false)
            Canary.watch(answer.text, of: office)
        }
    }

    @Test func `names the methods of a route to whoever uses another`() throws {
        let routes = [
            "/health/live", "/health/ready", "/status-lists/1", "/crl/root.crl", "/bundle",
            "/v1/licenses/\(number)/credential",
        ]
        for path in routes {
            for method in ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"] {
                let answer = try service.ask(method, path, body: [])
                #expect(answer.status == 405, "\(method) \(path)")
                #expect(answer["allow"] == "GET, HEAD", "\(method) \(path)")
            }
        }
        for method in ["GET", "PUT", "DELETE"] {
            #expect(try service.ask(method, "/v1/verifications", body: []).status == 405)
        }
        #expect(try service.get("/v1/verifications")["allow"] == "POST")
        for method in ["TRACE", "CONNECT", "BREW"] {
            let answer = try service.ask(method, "/status-lists/1")
            #expect([400, 404, 405, 501].contains(answer.status), "\(method): \(answer.status)")
        }
    }

    @Test func `lets caches keep status lists and revocation lists by their tags`() throws {
        for path in ["/status-lists/1", "/crl/issuing-ca.crl"] {
            let first = try service.get(path)
            let tag = try #require(first["etag"])
            #expect(tag.hasPrefix("\"") && tag.hasSuffix("\""))
            #expect(first["cache-control"]?.hasPrefix("public, max-age=") == true)
            for asked in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                let again = try service.get(path, headers: ["If-None-Match: \(asked)"])
                #expect(again.status == 304, "\(asked)")
                #expect(again.body.isEmpty)
                #expect(again["etag"] == tag)
                #expect(again["cache-control"] == first["cache-control"])
            }
            #expect(try service.get(path, headers: ["If-None-Match: \"other\""]).status == 200)
        }
    }

    @Test func `hands out lists, revocation lists and a bundle that verifiers take`() throws {
        try office.write(try service.get("/status-lists/1").body, to: "list.jwt")
        try office.write(try service.get("/crl/root.crl").body, to: "root.crl")
        try office.write(try service.get("/crl/issuing-ca.crl").body, to: "issuing-ca.crl")
        try office.write(try service.get("/bundle").body, to: "served.bundle")
        let pdf = "issued/\(number).pdf"
        let whole = try office.verify([pdf], bundle: "served.bundle")
        #expect(whole.status == 0, "\(whole.output)")
        let lists = ["--status", "root.crl", "--status", "issuing-ca.crl"]
        let parts = try office.verify([pdf], bundle: "list.jwt", lists)
        #expect(parts.status == 0, "\(parts.output)")
    }

    @Test func `gives the credential of a license without anything personal`() throws {
        let answer = try service.get("/v1/licenses/\(number)/credential")
        let text = answer.text
        #expect(text.hasSuffix("~") && text.filter { $0 == "~" }.count == 1)
        let payload = text.split(separator: ".")[1]
        Canary.watch(String(decoding: Base64.decodeURL(String(payload)) ?? [], as: UTF8.self), of: office)
    }
}
