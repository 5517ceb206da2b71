import Foundation
import Primitives
import Testing

/// What is spent, ended or counted stays so when the service is killed the moment after it answered.
@Suite(.serialized) final class `After a power cut` {
    private static let running: Result<SignOnSite, any Error> = Result {
        let site = try SignOnSite(
            SignOnSite.Settings(
                signIn: SignOnSite.quick + "tokens: {refreshGrace: 1s}\nguessing: {perAccount: 5, window: 1h}\n"))
        _ = atexit { try? `After a power cut`.running.get().close() }
        return site
    }

    private let site: SignOnSite

    init() throws { site = try Self.running.get() }

    @Test func `no code, refresh generation, jti, request or session comes back to life`() throws {
        let basic = try RelyingParty(site.portals.basic, at: site)
        let native = try RelyingParty(site.portals.native, at: site)
        let fapi = try RelyingParty(site.portals.fapi, at: site)

        // Prepared before, used at the last moment.
        let attempt = basic.attempt()
        let code = try basic.code(attempt, in: Browser(site))
        let generation = try #require(try native.tokens(["scope": "openid offline_access"]).refresh)
        let revoked = try #require(try native.tokens(["scope": "openid offline_access"]).refresh)
        let token = try fapi.tokens().access
        let proof = try fapi.proof("GET", "/userinfo", token: token)
        let assertion = RelyingParty.asserting(try fapi.assertion())
        let address = try fapi.address(fapi.attempt())
        let leaving = Browser(site)
        let hint = try #require(try basic.tokens(in: leaving).idToken)
        let ended = leaving.cookies
        let staying = Browser(site)
        try staying.signIn()

        #expect(try basic.redeem(code, attempt).status == 200)
        let successor = try #require(try Tokens(native.refresh(generation)).refresh)
        #expect(try native.revoke(revoked).status == 200)
        #expect(try fapi.userInfo(token, proofs: [proof]).status == 200)
        #expect(try fapi.post("/par", fapi.attempt().form, credentials: assertion).status == 201)
        #expect(try Browser(site).get(address).status == 303)
        _ = try leaving.get("/logout?" + Form(["id_token_hint": hint]).text)
        try site.killAndRestart()

        RelyingParty.expect(try basic.redeem(code, attempt), "invalid_grant", statuses: [400])
        RelyingParty.expect(try native.refresh(revoked), "invalid_grant", statuses: [400])
        #expect(try fapi.userInfo(token, proofs: [proof]).status == 401)
        RelyingParty.expect(
            try fapi.post("/par", fapi.attempt().form, credentials: assertion), "invalid_client", statuses: [401])
        #expect(try Browser(site).get(address).status == 400)
        leaving.cookies = ended
        #expect(try !leaving.isSignedIn())
        #expect(try staying.isSignedIn(), "who was signed in still is")
        #expect(try fapi.userInfo(token).status == 200, "and tokens that were good are")
        usleep(1_100_000)
        RelyingParty.expect(try native.refresh(generation), "invalid_grant", statuses: [400])
        RelyingParty.expect(try native.refresh(successor), "invalid_grant", statuses: [400])
        try site.office.expectSoundAudit()
    }

    @Test func `a portal that was not told of a logout before is told after, once, and then nothing is owed`()
        async throws
    {
        let second = try RelyingParty(site.portals.second, at: site)
        let browser = Browser(site)
        let hint = try #require(try second.tokens(in: browser).idToken)
        let claims = try site.claims(hint)
        let before = site.receiver.notices("/second").count
        site.receiver.fail("/second", with: [503])
        _ = try browser.get("/logout?" + Form(["id_token_hint": hint]).text)
        #expect(site.receiver.wait(for: before + 1, at: "/second").count == before + 1)
        try site.killAndRestart()
        #expect(site.receiver.notices("/second").count == before + 1, "not delivered before")

        let notices = try await Crowd.aside { [receiver = site.receiver] in
            receiver.wait(for: before + 2, at: "/second", within: 30)
        }
        let token = try #require(notices.dropFirst(before + 1).first?.form["logout_token"], "never delivered")
        let told = try site.claims(token)
        for name in ["sub", "sid", "aud"] { #expect(told[name] == claims[name], "\(name)") }
        #expect(try Self.isSettled(site), "it is owed no more")
        #expect(try AuditTrail(of: site.office).entries.contains { $0.event == "logout-delivered" })
        try await Task.sleep(for: .seconds(2))
        #expect(site.receiver.notices("/second").count == before + 2, "told once")
    }

    private static func isSettled(_ site: SignOnSite) throws -> Bool {
        for _ in 0..<40 {
            if try site.office.run(["portal", "undelivered", "--json"]).output == "[]" { return true }
            usleep(50_000)
        }
        return false
    }

    @Test func `the authenticator of these tests is one as RFC 6238 has it`() {
        let authenticator = Authenticator(secret: Array("12345678901234567890".utf8))
        #expect(authenticator.code(step: 1) == "287082" && authenticator.code(step: 1_111_111_109 / 30) == "081804")
    }

    @Test func `no step of an authenticator and no recovery code is taken twice`() throws {
        let person = try site.person(assurance: "substantial")
        let (authenticator, recovery, step) = try Browser(site).enrol(person)

        func enter(_ code: String) throws -> Bool {
            let browser = Browser(site)
            let page = try browser.follow(
                browser.submit(
                    browser.follow(browser.get("/")), "/sign-in",
                    ["username": person.login, "password": person.password]))
            _ = try browser.follow(browser.submit(page, "/second-factor", ["code": code]))
            return try browser.isSignedIn()
        }
        #expect(try !enter(authenticator.code(step: step - 1)), "the one it was set up with")
        #expect(try enter(authenticator.code(step: step)))
        #expect(try enter(recovery[0]))
        try site.killAndRestart()
        #expect(try !enter(authenticator.code(step: step)))
        #expect(try !enter(recovery[0]))
        #expect(try enter(recovery[1]))
        #expect(try enter(authenticator.code(step: step + 1)))
    }

    @Test func `codes of an authenticator and of a device cannot be guessed`() throws {
        let person = try site.person(assurance: "substantial")
        let own = Browser(site)
        let (authenticator, _, step) = try own.enrol(person)
        let browser = Browser(site)
        var page = try browser.follow(browser.get("/"))
        page = try browser.follow(
            browser.submit(page, "/sign-in", ["username": person.login, "password": person.password]))
        for _ in 0..<5 {
            page = try browser.follow(browser.submit(page, "/second-factor", ["code": "000000"]))
        }
        let right = authenticator.code(step: step)
        page = try browser.follow(browser.submit(page, "/second-factor", ["code": right]))
        #expect(browser.session == nil && page.text.contains("Too many attempts"))

        let native = try RelyingParty(site.portals.native, at: site)
        let started = try native.post("/device_authorization", ["scope": "openid"])
        let code = try #require(started.json?["user_code"]?.string)
        for _ in 0..<5 { #expect(try own.get("/device?user_code=BBBB-BBBB").status == 200) }
        let question = try own.get("/device?user_code=\(code)")
        #expect(question.form("/device/decision") == nil && question.text.contains("Too many attempts"))
    }

    @Test func `guessing is still counted, and locks nobody out of their own browser`() throws {
        let person = try site.person()
        let own = Browser(site)
        try own.signIn(as: person)
        let session = own.cookies

        func enter(_ password: String, _ browser: Browser) throws -> HTTPAnswer {
            let page = try browser.follow(browser.get("/enrolment"))
            return try browser.follow(
                browser.submit(page, "/sign-in", ["username": person.login, "password": password]))
        }
        for _ in 0..<5 {
            #expect(try enter("wrong", Browser(site)).text.contains("is not right"))
        }
        let stranger = Browser(site)
        #expect(try enter(person.password, stranger).text.contains("Too many attempts"))
        #expect(stranger.session == nil)
        try site.killAndRestart()
        #expect(try enter(person.password, stranger).text.contains("Too many attempts"))
        #expect(stranger.session == nil)
        own.cookies = session
        #expect(try own.isSignedIn(), "the session goes on")
        own.cookies[site.sessionCookie] = nil
        _ = try enter(person.password, own)
        #expect(own.session != nil, "and in the browser that is known the password is taken")
    }
}
