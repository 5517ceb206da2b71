import Primitives
import Testing

/// Devices without a keyboard: a person types their code elsewhere and answers for them (RFC 8628).
@Suite struct `The device grant` {
    private static let grant = "urn:ietf:params:oauth:grant-type:device_code"

    private let site: SignOnSite
    private let native: RelyingParty

    init() throws {
        site = try SignOnSite.shared
        native = try RelyingParty(site.portals.native, at: site)
    }

    /// A device that waits, and what it shows.
    private struct Waiting {
        let deviceCode: String
        let userCode: String
        let answer: JSONValue
    }

    private func start(_ scope: String = "openid profile") throws -> Waiting {
        let answer = try native.post("/device_authorization", ["scope": scope])
        try #require(answer.status == 200, "\(answer.text)")
        #expect(answer["cache-control"]?.contains("no-store") == true)
        let body = try #require(answer.json)
        return Waiting(
            deviceCode: try #require(body["device_code"]?.string), userCode: try #require(body["user_code"]?.string),
            answer: body)
    }

    private func poll(_ deviceCode: String, by party: RelyingParty? = nil) throws -> HTTPAnswer {
        try (party ?? native).post("/token", ["grant_type": Self.grant, "device_code": deviceCode])
    }

    /// The question about a device, reached by typing its code into the field.
    private func question(_ typed: String, in browser: Browser, as person: Person? = nil) throws -> HTTPAnswer {
        let field = try browser.travel("/device", as: person).answer
        return try browser.follow(browser.submit(field, "/device", ["user_code": typed]))
    }

    private func decide(_ decision: String, on question: HTTPAnswer, in browser: Browser) throws -> HTTPAnswer {
        try browser.follow(browser.submit(question, "/device/decision", ["decision": decision]))
    }

    @Test func `a device waits, its owner types the code and allows it, and it gets the owner's tokens once`() throws {
        let waiting = try start()
        #expect(waiting.answer["verification_uri"]?.string == site.issuer + "/device")
        #expect((waiting.answer["expires_in"]?.integer ?? 0) >= 60)
        RelyingParty.expect(try poll(waiting.deviceCode), "authorization_pending", statuses: [400])

        let (person, browser) = (try site.person(), Browser(site))
        // People type without the hyphen and in lower case (§6.1).
        let typed = waiting.userCode.lowercased().replacing("-", with: "")
        let asked = try question(typed, in: browser, as: person)
        #expect(asked.heading == "Connect Portal native?" && asked.text.contains(waiting.userCode))
        let form = try #require(asked.form("/device/decision"))
        #expect(form.buttons.map(\.value) == ["allow", "deny"])
        RelyingParty.expect(try poll(waiting.deviceCode), "slow_down", statuses: [400])
        #expect(try decide("allow", on: asked, in: browser).text.contains("The device is connected."))

        let tokens = try Tokens(poll(waiting.deviceCode))
        let claims = try native.idToken(tokens, nonce: nil)
        let info = try native.userInfo(tokens.access)
        #expect(info.status == 200 && info.json?["sub"] == claims["sub"] && info.json?["name"] == "卡娜莉")
        // The same name as in a browser: it is the same person at the same portal.
        let own = try #require(try native.tokens(in: browser).idToken)
        #expect(try site.claims(own)["sub"] == claims["sub"])
        #expect(try site.claims(own)["sid"] == claims["sid"])

        RelyingParty.expect(try poll(waiting.deviceCode), "invalid_grant", statuses: [400])
        let events = try AuditTrail(of: site.office).entries
        #expect(events.contains { $0.event == "device-allowed" && $0.outcome == "succeeded" })
    }

    @Test func `the complete address that a device shows leads to the same question after signing in`() throws {
        let waiting = try start()
        let address = try #require(waiting.answer["verification_uri_complete"]?.string)
        let browser = Browser(site)
        let asked = try browser.travel(address).answer
        #expect(asked.form("/device/decision") != nil && asked.text.contains(waiting.userCode))
        RelyingParty.expect(try poll(waiting.deviceCode), "authorization_pending", statuses: [400])
    }

    @Test func `a no is told to the device, and nobody can answer again`() throws {
        let (waiting, browser) = (try start(), Browser(site))
        let asked = try question(waiting.userCode, in: browser)
        #expect(try decide("deny", on: asked, in: browser).text.contains("The device is not connected."))
        RelyingParty.expect(try poll(waiting.deviceCode), "access_denied", statuses: [400])
        let late = try decide("allow", on: asked, in: browser)
        #expect(late.form("/device/decision") == nil && late.text.contains("No device waits with this code"))
        RelyingParty.expect(try poll(waiting.deviceCode), "access_denied", statuses: [400])
    }

    @Test func `an unknown user code has no question, and an unknown or foreign device code no tokens`() throws {
        let (waiting, browser, person) = (try start(), Browser(site), try site.person())
        let last = waiting.userCode.last == "B" ? "C" : "B"
        for wrong in [String(waiting.userCode.dropLast()) + last, "no code", "ÄÖÜÄ-ÖÜÄÖ"] {
            let page = try question(wrong, in: browser, as: person)
            #expect(page.form("/device/decision") == nil && page.form("/device") != nil, "\(wrong)")
            #expect(page.text.contains("No device waits with this code"), "\(wrong)")
        }
        for wrong in ["x", String(waiting.deviceCode.dropLast()), waiting.deviceCode + "A", waiting.userCode] {
            RelyingParty.expect(try poll(wrong), "invalid_grant", statuses: [400])
        }
        RelyingParty.expect(
            try native.post("/token", ["grant_type": Self.grant]), "invalid_request", statuses: [400])
        let basic = try RelyingParty(site.portals.basic, at: site)
        RelyingParty.expect(try poll(waiting.deviceCode, by: basic), "unauthorized_client", statuses: [400])
        RelyingParty.expect(
            try basic.post("/device_authorization", ["scope": "openid"]), "unauthorized_client", statuses: [400])
        RelyingParty.expect(try poll(waiting.deviceCode), "authorization_pending", statuses: [400])
    }

    @Test func `nobody's browser can be made to connect a device that it was not asked about`() throws {
        let (waiting, attacker, victim) = (try start(), Browser(site), Browser(site))
        let asked = try question(waiting.userCode, in: attacker, as: site.neighbour)
        let form = try #require(asked.form("/device/decision"))
        try victim.signIn()
        for fields in [form.fields, form.fields.with(["token": nil]), form.fields.with(["token": ""])] {
            let answer = try victim.post(form.action, fields.with(["decision": "allow"]))
            #expect(answer.status == 400, "\(answer.status)")
        }
        RelyingParty.expect(try poll(waiting.deviceCode), "authorization_pending", statuses: [400])
    }

    @Test func `a device's tokens end with the session of who allowed it`() throws {
        let (waiting, browser) = (try start("openid offline_access"), Browser(site))
        let online = try start("openid")
        for device in [waiting, online] {
            _ = try decide("allow", on: question(device.userCode, in: browser), in: browser)
        }
        let lasting = try Tokens(poll(waiting.deviceCode))
        let tokens = try Tokens(poll(online.deviceCode))
        #expect(try native.userInfo(tokens.access).status == 200)
        let logout = try browser.get("/logout")
        _ = try browser.follow(browser.submit(logout, "/logout/decision", ["decision": "allow"]))
        #expect(try native.userInfo(tokens.access).status == 401)
        if let refresh = tokens.refresh {
            RelyingParty.expect(try native.refresh(refresh), "invalid_grant", statuses: [400])
        }
        #expect(try native.refresh(try #require(lasting.refresh)).status == 200, "who asked for more keeps it")
    }
}
