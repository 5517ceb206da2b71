import Audit
import Identity
import Primitives
import Testing

@Suite struct SessionTests {
    private let desk = TestDesk()

    @Test func `a session ends for want of use, and in any case`() async throws {
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        try await browser.reach()
        let silent = ["prompt": "none"]
        for _ in 0..<25 {
            desk.clock.advance(by: 1700)
            #expect(try TestBrowser.answer(try await browser.authorize(changes: silent))["code"] != nil)
        }
        desk.clock.advance(by: 1700)
        #expect(try TestBrowser.answer(try await browser.authorize(changes: silent))["error"] == "login_required")
        let idle = TestBrowser(desk)
        try await idle.reach()
        desk.clock.advance(by: 1800)
        #expect(try TestBrowser.answer(try await idle.authorize(changes: silent))["error"] == "login_required")
    }

    @Test func `the citizen's page lists sessions, portals and history`() async throws {
        try await desk.addAccount()
        let (first, second) = (TestBrowser(desk), TestBrowser(desk))
        try await first.reach("citizen")
        try await first.reach("tax")
        desk.clock.advance(by: 5)
        try await second.reach("shop")
        let view = try #require(try await CitizenPage(desk.signOn).view(first.browser))
        #expect(view.sessions.map(\.isThisOne) == [false, true])
        #expect(view.sessions.map { $0.portals.map(\.id) } == [["shop"], ["citizen", "tax"]])
        #expect(view.history.count == 5)
        #expect(try await CitizenPage(desk.signOn).view(TestBrowser(desk).browser) == nil)
    }

    @Test func `a person ends one session or all, and only their own`() async throws {
        try await desk.addAccount()
        try await desk.addAccount(login: "li", password: "another long one")
        let (one, two, foreign) = (TestBrowser(desk), TestBrowser(desk), TestBrowser(desk))
        try await one.reach()
        try await two.reach()
        _ = try await foreign.visit(.citizen)
        #expect(try await foreign.signIn("li", "another long one") == .page(.citizen))
        let page = CitizenPage(desk.signOn)
        let foreignView = try #require(try await page.view(foreign.browser))
        let view = try #require(try await page.view(one.browser))
        let other = try #require(view.sessions.first { !$0.isThisOne }).session.id
        let end = EndSessions(desk.signOn)
        #expect(try await end.end(other, formToken: view.formToken, browser: foreign.browser) == nil)
        _ = try await end.end(other, formToken: foreignView.formToken, browser: foreign.browser)
        #expect(try await page.view(two.browser) != nil)
        #expect(try await end.end(other, formToken: view.formToken, browser: one.browser) == BrowserChanges())
        #expect(try await page.view(two.browser) == nil)
        #expect(try await end.endAll(formToken: view.formToken, browser: one.browser)?.session == .clear)
        #expect(try await page.view(one.browser) == nil)
        #expect(try await page.view(foreign.browser) != nil)
    }

    @Test func `end all ends offline grants too, the end of one session does not`() async throws {
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        try await browser.reach("citizen", ["scope": "openid offline_access"])
        try await browser.reach("shop")
        let view = try #require(try await CitizenPage(desk.signOn).view(browser.browser))
        let own = try #require(view.sessions.first).session.id
        _ = try await EndSessions(desk.signOn).end(own, formToken: view.formToken, browser: browser.browser)
        let open = { desk.books.step { Set($0.grants.values.filter { $0.endedAt == nil }.map(\.portalID)) } }
        #expect(open() == ["citizen"])
        browser.session = nil
        try await browser.reach("shop")
        let again = try #require(try await CitizenPage(desk.signOn).view(browser.browser))
        _ = try await EndSessions(desk.signOn).endAll(formToken: again.formToken, browser: browser.browser)
        #expect(open().isEmpty)
    }

    @Test func `a disabled account is out at once, and portals hear of it`() async throws {
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        try await browser.reach()
        #expect(try await AccountOffice(desk.signOn).disable(TestDesk.login) == true)
        #expect(try await AccountOffice(desk.signOn).disable(TestDesk.login) == false)
        #expect(
            try TestBrowser.answer(try await browser.authorize(changes: ["prompt": "none"]))["error"]
                == "login_required")
        #expect(desk.books.step { $0.notices.map(\.portalID) } == ["citizen"])
        #expect(desk.books.entries.suffix(2).map(\.event) == [.accountDisabled, .sessionEnded])
    }
}
