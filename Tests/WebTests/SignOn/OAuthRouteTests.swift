import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Identity
import JOSE
import Primitives
import Testing

@testable import Web

@Suite struct OAuthRouteTests {
    private func expect(
        _ response: TestResponse, _ status: HTTPResponse.Status, _ error: String,
        location: SourceLocation = #_sourceLocation
    ) throws {
        #expect(response.status == status, sourceLocation: location)
        let body = try response.json()
        #expect(body["error"]?.string == error, sourceLocation: location)
        #expect(body["error_description"]?.string != nil, sourceLocation: location)
    }

    @Test(arguments: ["/token", "/par", "/introspect", "/revoke", "/device_authorization"])
    func `what is no form is told so before anything else`(_ path: String) async throws {
        try await TestSite.visit { surfer in
            let json = try await surfer.send(path, .post, [.contentType: "application/json"], body: "{}")
            try expect(json, .unsupportedMediaType, "invalid_request")
            let bare = try await surfer.send(path, .post, [:], body: "a=b")
            try expect(bare, .unsupportedMediaType, "invalid_request")
            let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded; charset=UTF-8"]
            for body in ["token=%zz", "token=%ff", "a=%00"] {
                try expect(await surfer.send(path, .post, form, body: body), .badRequest, "invalid_request")
            }
            let many = (0..<65).map { "p\($0)=1" }.joined(separator: "&")
            try expect(await surfer.send(path, .post, form, body: many), .badRequest, "invalid_request")
            let large = String(repeating: "a", count: (64 << 10) + 1)
            try expect(await surfer.send(path, .post, form, body: large), .contentTooLarge, "invalid_request")
        }
    }

    @Test(arguments: ["/token", "/par", "/introspect", "/revoke", "/device_authorization"])
    func `who does not prove who they are gets one answer`(_ path: String) async throws {
        try await TestSite.visit { surfer in
            for login in ["citizen:wrong", "nobody:\(TestDesk.secret)"] {
                let response = try await surfer.post(
                    path, [("token", "x")], [.authorization: "Basic " + Base64.encode(Array(login.utf8))])
                try expect(response, .unauthorized, "invalid_client")
                #expect(response.headers[.wwwAuthenticate]?.hasPrefix("Basic ") == true)
            }
        }
    }

    @Test func `a second Authorization header is refused`() async throws {
        try await TestSite.visit { surfer in
            var headers = TestSurfer.basic
            headers.append(HTTPField(name: .authorization, value: "Bearer x"))
            try expect(await surfer.post("/token", [("grant_type", "x")], headers), .badRequest, "invalid_request")
        }
    }

    @Test func `secrets in the address are not looked at`() async throws {
        try await TestSite.visit { surfer in
            let response = try await surfer.post(
                "/token?client_id=citizen&client_secret=\(TestDesk.secret)", [("grant_type", "client_credentials")])
            try expect(response, .unauthorized, "invalid_client")
        }
    }

    @Test func `a code redeems once, and its tokens die with the second try`() async throws {
        try await TestSite.visit { surfer in
            let location = try await surfer.reach()
            let token = try #require(try await surfer.redeem(location)["access_token"]?.string)
            let again = try await surfer.post(
                "/token",
                [
                    ("grant_type", "authorization_code"), ("code", TestSurfer.parameter("code", of: location)),
                    ("redirect_uri", "https://citizen.example/callback"),
                ], TestSurfer.basic)
            try expect(again, .badRequest, "invalid_grant")
            let introspected = try await surfer.post("/introspect", [("token", token)], TestSurfer.basic)
            #expect(try introspected.json() == ["active": false])
        }
    }

    @Test func `userinfo says what is missing in the challenge`() async throws {
        try await TestSite.visit { surfer in
            let bare = try await surfer.get("/userinfo")
            #expect(bare.status == .unauthorized && bare.text.isEmpty)
            #expect(bare.headers[.wwwAuthenticate]?.contains("error=") == false)
            let wrong = try await surfer.get("/userinfo", [.authorization: "Bearer nonsense"])
            try expect(wrong, .unauthorized, "invalid_token")
            #expect(wrong.headers[.wwwAuthenticate]?.contains("error=\"invalid_token\"") == true)
        }
    }

    @Test func `userinfo takes the token in a form, and not in two places`() async throws {
        try await TestSite.visit { surfer in
            let token = try #require(try await surfer.redeem(surfer.reach())["access_token"]?.string)
            let form = try await surfer.post("/userinfo", [("access_token", token)])
            #expect(form.status == .ok)
            let bare = try await surfer.send("/userinfo", .post, [.authorization: "Bearer \(token)"], body: nil)
            #expect(bare.status == .ok)
            let both = try await surfer.post(
                "/userinfo", [("access_token", token)], [.authorization: "Bearer \(token)"])
            try expect(both, .badRequest, "invalid_request")
        }
    }

    @Test func `a token given back is dead, and revoking nothing is no error`() async throws {
        try await TestSite.visit { surfer in
            let token = try #require(try await surfer.redeem(surfer.reach())["access_token"]?.string)
            for _ in 1...2 {
                let answer = try await surfer.post("/revoke", [("token", token)], TestSurfer.basic)
                #expect(answer.status == .ok && answer.text.isEmpty)
            }
            #expect(try await surfer.get("/userinfo", [.authorization: "Bearer \(token)"]).status == .unauthorized)
        }
    }

    @Test func `a request is pushed, used once, and its page survives being loaded again`() async throws {
        try await TestSite.visit { surfer in
            let pushed = try await surfer.post("/par", TestSurfer.pairs("citizen"), TestSurfer.basic)
            #expect(pushed.status == .created)
            let uri = try #require(try pushed.json()["request_uri"]?.string)
            let address = "/authorize?" + FormWriter.text([("client_id", "citizen"), ("request_uri", uri)])
            let first = try await surfer.get(address)
            let flow = try #require(first.headers[.location])
            #expect(first.status == .seeOther && flow.hasPrefix("/continue?flow="))
            #expect(try await surfer.get(flow).text.contains("action=\"/sign-in\""))
            #expect(try await surfer.get(flow).text.contains("action=\"/sign-in\""))
            #expect(try await surfer.get(address).status == .badRequest)
        }
    }

    @Test func `a script of another origin may ask what it may send`() async throws {
        try await TestSite.visit { surfer in
            for path in ["/token", "/userinfo", "/revoke", "/jwks", "/.well-known/openid-configuration"] {
                let answer = try await surfer.send(path, .options, [.origin: "https://app.example"], body: nil)
                #expect(answer.status == .noContent && answer.headers[.accessControlAllowOrigin] == "*")
                #expect(answer.headers[.accessControlAllowHeaders]?.contains("DPoP") == true)
                #expect(answer.headers[.accessControlAllowCredentials] == nil)
            }
            #expect(try await surfer.send("/introspect", .options, [:], body: nil).status == .methodNotAllowed)
        }
    }

    @Test func `other methods are named in Allow`() async throws {
        try await TestSite.visit { surfer in
            let answer = try await surfer.get("/token")
            #expect(answer.status == .methodNotAllowed && answer.headers[.allow] == "POST, OPTIONS")
            let head = try await surfer.send(TestSurfer.request(), .head, [:], body: nil)
            #expect(head.status == .methodNotAllowed && head.headers[.allow] == "GET, POST")
        }
    }
}
