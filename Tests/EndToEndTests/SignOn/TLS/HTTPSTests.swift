import Foundation
import Primitives
import Testing

/// TLS without a proxy in front.
@Suite final class `A service that serves HTTPS itself` {
    private let site: SignOnSite

    init() throws { site = try SignOnSite(SignOnSite.Settings(servesTLS: true)) }

    deinit { site.close() }

    @Test func `signs people in and gives codes, tokens and userinfo, with cookies that only TLS carries`() throws {
        let basic = try RelyingParty(site.portals.basic, at: site)
        let (attempt, browser) = (basic.attempt(["scope": "openid profile"]), Browser(site))
        let arrival = try browser.travel(basic.address(attempt))
        #expect(arrival.asked.contains("/sign-in") && arrival.parameters["iss"] == site.issuer)
        let tokens = try Tokens(basic.redeem(try #require(arrival.code), attempt))
        let claims = try basic.idToken(tokens, nonce: attempt.nonce)
        let info = try basic.userInfo(tokens.access)
        #expect(info.status == 200 && info.json?["sub"] == claims["sub"] && info.json?["name"] == "卡娜莉")

        #expect(browser.session != nil && site.sessionCookie == "__Host-chancery")
        #expect(browser.cookieLines.contains { $0.hasPrefix("__Host-chancery=") })
        for line in browser.cookieLines {
            #expect(line.hasPrefix("__Host-") && line.contains("; Path=/") && line.contains("; Secure"), "a cookie")
            #expect(line.contains("; HttpOnly") && !line.lowercased().contains("domain="), "a cookie")
        }
        let home = try browser.follow(browser.get("/"))
        #expect(home.status == 200 && home.form("/sessions/end") != nil)
        #expect(home["strict-transport-security"]?.contains("max-age=") == true)
        let document = try #require(try site.get("/.well-known/openid-configuration").json)
        #expect(document["issuer"]?.string == site.issuer && site.issuer.hasPrefix("https://localhost:"))
        #expect(document["token_endpoint"]?.string == site.issuer + "/token")
    }

    @Test func `takes pushed requests and proofs made for its https address`() throws {
        let fapi = try RelyingParty(site.portals.fapi, at: site)
        let token = try fapi.tokens().access
        #expect(try fapi.userInfo(token).status == 200)
        let plain = JSONValue.string("http" + site.issuer.dropFirst("https".count) + "/userinfo")
        let proof = try fapi.proof("GET", "/userinfo", token: token, ["htu": plain])
        #expect(try fapi.userInfo(token, proofs: [proof]).status == 401, "a proof for the same address without TLS")
    }

    @Test func `says nothing without TLS, and nothing in a version of it that is broken`() throws {
        let tls = try #require(site.tls)
        let request = Service.request("GET", "/health/live", port: site.port, headers: ["Connection: close"])
        for version in ["-tls1_2", "-tls1_3"] {
            let bytes = try tls.exchange(request, port: site.port, options: [version])
            #expect(HTTPAnswer(reading: bytes)?.status == 200, "\(version)")
        }
        // RFC 8996, RFC 9325 §4.2; the client must be made to offer them at all.
        for (version, suites) in [("-tls1", "ALL"), ("-tls1_1", "ALL"), ("-tls1_2", "ECDHE+AES+SHA1")] {
            let options = [version, "-cipher", "\(suites):@SECLEVEL=0"]
            #expect(try tls.exchange(request, port: site.port, options: options).isEmpty, "\(version) \(suites)")
        }
        let connection = try Connection(port: site.port)
        connection.send(request)
        #expect(connection.answer(within: 3) == nil)
        #expect(try site.get("/health/live").status == 200)
    }
}
