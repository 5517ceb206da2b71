import Foundation
import Primitives
import Testing

/// Tokens from a service as it is shipped, and what they are checked with.
@Suite final class `A service with the shipped portals` {
    private let office: Chancery
    private let service: Service

    init() throws {
        let (office, port) = try Service.office()
        self.office = office
        service = try Service(office, port: port)
    }

    deinit { office.remove() }

    private func post(_ path: String, _ form: String, as portal: String, secret: String) throws -> HTTPAnswer {
        try service.ask(
            "POST", path,
            headers: [
                "Content-Type: application/x-www-form-urlencoded",
                "Authorization: Basic \(Base64.encode(Array("\(portal):\(secret)".utf8)))",
            ], body: Array(form.utf8))
    }

    private func token(_ secret: String = "department-system-demo-secret") throws -> HTTPAnswer {
        try post(
            "/token", "grant_type=client_credentials&scope=license%3Aread", as: "department-system", secret: secret)
    }

    private func header(_ token: String) throws -> JSONValue {
        let part = try #require(token.split(separator: ".").first)
        return try JSONReader.read(try #require(Base64.decodeURL(String(part))))
    }

    private func publishedKeys() throws -> Set<String> {
        let keys = try #require(try service.get("/jwks").json?["keys"]?.array)
        return Set(keys.compactMap { $0["kid"]?.string })
    }

    @Test func `tells where its endpoints and keys are`() throws {
        for path in ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server"] {
            let answer = try service.get(path)
            #expect(answer.status == 200)
            let document = try #require(answer.json)
            #expect(document["issuer"]?.string == service.address)
            #expect(document["jwks_uri"]?.string == service.address + "/jwks")
            #expect(document["token_endpoint"]?.string == service.address + "/token")
        }
        let keys = try service.get("/jwks")
        #expect(keys.status == 200 && keys["cache-control"] == "public, max-age=300")
        #expect(!keys.text.contains("\"d\""))
        let listed = try #require(keys.json?["keys"]?.array)
        #expect(Set(listed.compactMap { $0["alg"]?.string }) == ["ES256", "RS256", "PS256"])
        #expect(listed.count == 6, "an active and a next one each")
    }

    @Test func `gives a department's system a token for its secret and none without`() throws {
        let answer = try token()
        #expect(answer.status == 200 && answer["cache-control"] == "no-store")
        let access = try #require(answer.json?["access_token"]?.string)
        #expect(try header(access)["typ"]?.string == "at+jwt")
        #expect(try publishedKeys().contains(try #require(try header(access)["kid"]?.string)))
        #expect(answer.json?["scope"]?.string == "license:read")
        #expect(answer.json?["refresh_token"] == nil)
        let refused = try token("another secret")
        #expect(refused.status == 401 && refused.json?["error"]?.string == "invalid_client")
        let audit = try office.run(["audit", "export"]).output
        #expect(audit.contains("token-issued") && audit.contains("department-system"))
    }

    @Test func `signs with the next key within two seconds of a rotation and still knows tokens of the last one`()
        throws
    {
        let before = try #require(try token().json?["access_token"]?.string)
        let keys = try publishedKeys()
        #expect(try office.run(["keys", "rotate"]).status == 0)
        Thread.sleep(forTimeInterval: 2)
        let after = try #require(try token().json?["access_token"]?.string)
        let old = try #require(try header(before)["kid"]?.string)
        let new = try #require(try header(after)["kid"]?.string)
        #expect(old != new)
        #expect(keys.contains(new), "the next key was published before it signed")
        let published = try publishedKeys()
        #expect(published.isSuperset(of: [old, new]))
        #expect(published.count == 9, "retiring, active and next")
        let checked = try post(
            "/introspect", "token=\(before)", as: "department-system", secret: "department-system-demo-secret")
        #expect(checked.json?["active"]?.bool == true)
    }
}
