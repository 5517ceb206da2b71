import Foundation
import Primitives
import Testing

/// Attacks on the person at the browser.
@Suite struct `Attacks on signing in` {
    private let site: SignOnSite

    init() throws { site = try SignOnSite.shared }

    @Test func `nobody is signed in by a flow that began in another browser`() throws {
        let basic = try RelyingParty(site.portals.basic, at: site)
        let attacker = Browser(site)
        let page = try attacker.follow(attacker.get(basic.address(basic.attempt())))
        let form = try #require(page.form("/sign-in"))
        let filled = form.fields.with(["username": site.neighbour.login, "password": site.neighbour.password])
        let victim = Browser(site)
        let bare = try victim.post(form.action, filled)
        #expect(bare.status == 400 && victim.session == nil, "a browser that was nowhere yet")
        _ = try victim.get(basic.address(basic.attempt()))
        let busy = try victim.post(form.action, filled)
        #expect(busy.status == 400 && victim.session == nil, "a browser with a flow of its own")
        let flow = Form.encoded(form.fields["flow"] ?? "")
        #expect(try victim.get("/continue?flow=\(flow)").status == 400)
        #expect(try attacker.travel(from: page, as: site.neighbour).code != nil, "at home it works")
    }

    @Test func `a consent given elsewhere is none`() throws {
        let asking = try RelyingParty(site.portals.asking, at: site)
        let attacker = Browser(site)
        let page = try attacker.follow(attacker.get(asking.address(asking.attempt())))
        let person = try site.person()
        let question = try attacker.follow(
            attacker.submit(page, "/sign-in", ["username": person.login, "password": person.password]))
        let form = try #require(question.form("/consent"))
        let victim = Browser(site)
        try victim.signIn()
        for answer in [
            try victim.post(form.action, form.fields.with(["decision": "allow"])),
            try victim.post("/consent", ["decision": "allow"]),
            try victim.post("/consent", ["decision": "allow", "flow": "AAAA"]),
        ] {
            #expect(answer.status == 400 && answer["location"] == nil)
        }
    }

    @Test func `a session cookie that was planted is not the one after signing in, and each step has a new one`()
        async throws
    {
        let basic = try RelyingParty(site.portals.basic, at: site)
        let browser = Browser(site)
        let planted = AuthorizationAttempt.random()
        browser.cookies[site.sessionCookie] = planted
        try browser.signIn()
        let first = try #require(browser.session)
        #expect(first != planted)
        _ = try basic.tokens(["prompt": "login"], in: browser)
        let second = try #require(browser.session)
        #expect(second != first)
        let thief = Browser(site)
        for old in [planted, first] {
            thief.cookies[site.sessionCookie] = old
            #expect(try !thief.isSignedIn())
        }
        #expect(try browser.isSignedIn())
    }

    @Test func `a form that another site would send ends and changes nothing`() throws {
        let browser = Browser(site)
        let home = try browser.signIn()
        let form = try #require(home.form("/sessions/end"))
        let stranger = Browser(site)
        let theirs = try #require(try stranger.signIn(as: site.neighbour).form("/sessions/end"))
        let token = try #require(theirs.fields["token"])
        for fields in [form.fields.with(["token": nil]), form.fields.with(["token": token]), theirs.fields] {
            #expect(try browser.post(form.action, fields).status == 400)
        }
        #expect(try browser.post("/sessions/end-all", [:]).status == 400)
        #expect(try browser.post("/logout/decision", ["decision": "allow"]).status != 200)
        // Somebody else's session, with a good token of one's own.
        let session = try #require(theirs.fields["session"])
        _ = try browser.post(form.action, form.fields.with(["session": session]))
        #expect(try browser.isSignedIn() && stranger.isSignedIn())
    }

    @Test func `a session that was ended elsewhere is over, with what it gave out`() throws {
        let basic = try RelyingParty(site.portals.basic, at: site)
        let person = try site.person()
        let (one, other) = (Browser(site), Browser(site))
        let tokens = try basic.tokens(["scope": "openid offline_access"], in: one, as: person)
        let home = try other.signIn(as: person)
        _ = try other.submit(home, "/sessions/end-all", [:])
        #expect(try !one.isSignedIn())
        #expect(try basic.userInfo(tokens.access).status == 401)
        RelyingParty.expect(try basic.refresh(try #require(tokens.refresh)), "invalid_grant", statuses: [400])
    }

    @Test func `a disabled account is out at once, and cannot come back`() throws {
        let basic = try RelyingParty(site.portals.basic, at: site)
        let person = try site.person()
        let browser = Browser(site)
        let tokens = try basic.tokens(["scope": "openid offline_access"], in: browser, as: person)
        #expect(try site.office.run(["account", "disable", person.id]).status == 0)
        #expect(try !browser.isSignedIn())
        #expect(try basic.userInfo(tokens.access).status == 401)
        RelyingParty.expect(try basic.refresh(try #require(tokens.refresh)), "invalid_grant", statuses: [400])
    }

    // MARK: Who has an account

    /// One wrong try from an address of its own; how long it took and what was said.
    private func refused(_ login: String, _ password: String) throws -> (seconds: Double, page: String) {
        let browser = Browser(site)
        browser.source = "127.9.\(login.utf8.count % 250).1"
        let page = try browser.follow(browser.get("/"))
        let form = try #require(page.form("/sign-in"))
        let filled = form.fields.with(["username": login, "password": password])
        let begin = Date()
        let answer = try browser.post(form.action, filled)
        let seconds = Date().timeIntervalSince(begin)
        #expect(browser.session == nil)
        let shown = try browser.follow(answer)
        let flow = shown.form("/sign-in")?.fields["flow"] ?? ""
        return (seconds, "\(shown.status)" + shown.text.replacing(flow, with: ""))
    }

    @Test func `unknown, disabled and wrong are one answer in one time`() throws {
        let (known, disabled) = (try site.person(), try site.person())
        #expect(try site.office.run(["account", "disable", disabled.id]).status == 0)
        let cases = [
            (known.login, "wrong pass phrase"), ("nobody-\(known.login)", "x"), (disabled.login, disabled.password),
        ]
        var times = cases.map { _ in [Double]() }
        var pages: Set<String> = []
        for _ in 0..<9 {
            for (index, (login, password)) in cases.enumerated() {
                let (seconds, page) = try refused(login, password)
                times[index].append(seconds)
                pages.insert(page)
            }
        }
        #expect(pages.count == 1)
        // The quickest of several: what a patient attacker would compare.
        let best = times.map { $0.min() ?? 0 }
        for time in best { #expect((0.6...1.7).contains(time / best[0]), "\(best)") }
    }
}
