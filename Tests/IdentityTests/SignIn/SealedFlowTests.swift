import Identity
import Primitives
import Testing

@Suite struct SealedFlowTests {
    private let desk = TestDesk()

    @Test func `a flow opens only beside the cookie it was sealed for`() async throws {
        try await desk.addAccount()
        let attacker = TestBrowser(desk)
        _ = try await attacker.authorize()
        // Login forgery: the victim's browser is made to post the attacker's form with the attacker's password.
        let victim = TestBrowser(desk)
        _ = try await victim.authorize()
        victim.flow = attacker.flow
        #expect(try await victim.signIn() == .refused(.flowLost))
        #expect(victim.session == nil)
        victim.flowCookie = nil
        #expect(try await victim.signIn() == .refused(.flowLost))
    }

    @Test func `a flow that was changed, cut or is too old is lost`() async throws {
        let browser = TestBrowser(desk)
        _ = try await browser.authorize()
        let flow = browser.flow
        for broken in [
            "", "x", String(flow.dropLast(4)), "AAAA" + flow.dropFirst(4), flow + "AAAA",
            String(repeating: "A", count: 20_000),
        ] {
            browser.flow = broken
            #expect(try await browser.resume() == .refused(.flowLost))
        }
        browser.flow = flow
        desk.clock.advance(by: 3599)
        #expect(try await browser.resume() == .signIn(.asked()))
        desk.clock.advance(by: 1)
        #expect(try await browser.resume() == .refused(.flowLost))
    }

    @Test func `nothing is stored before a person has acted`() async throws {
        let browser = TestBrowser(desk)
        for _ in 0..<100 { _ = try await browser.authorize() }
        _ = try await browser.visit(.citizen)
        let isEmpty = desk.books.step { state in
            state.entries.isEmpty && state.sessions.isEmpty && state.grants.isEmpty && state.counts.isEmpty
        }
        #expect(isEmpty)
    }

    @Test func `what no address has room for is refused`() async throws {
        let browser = TestBrowser(desk)
        let page = LocalPage.device(userCode: String(repeating: "B", count: 12_000))
        #expect(try await browser.visit(page) == .refused(.tooLong))
    }

    @Test func `a cookie that is planted does not become the session`() async throws {
        try await desk.addAccount()
        let planted = OpaqueSecret(from: desk.randomness).exposedText
        let browser = TestBrowser(desk)
        browser.session = planted
        try await browser.reach()
        #expect(browser.session != nil && browser.session != planted)
    }

    @Test func `the cookie is another after every step of signing in, and the old one is dead`() async throws {
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        try await browser.reach()
        let old = browser.session
        desk.clock.advance(by: 5)
        _ = try await browser.authorize(changes: ["prompt": "login"])
        _ = try await browser.signIn()
        #expect(browser.session != old)
        browser.session = old
        #expect(
            try TestBrowser.answer(try await browser.authorize(changes: ["prompt": "none"]))["error"]
                == "login_required")
    }
}
