import Audit
import Identity
import JOSE
import Primitives
import Synchronization
import Testing

@Suite struct LogoutTests {
    private let desk = TestDesk()

    private func hint(_ browser: TestBrowser, _ changes: [String: JSONValue] = [:]) throws -> String {
        let grant = try #require(desk.books.step { $0.grants.values.first { $0.portalID == "citizen" } })
        let session = try #require(grant.sessionID)
        var claims = JSONObject([
            ("iss", .string(TestDesk.issuer)), ("sub", .string(grant.subject)), ("aud", "citizen"),
            ("exp", 1), ("iat", 0), ("sid", .string(try name(session, for: "citizen"))),
        ])
        for (name, value) in changes { claims[name] = value }
        return try desk.signOn.signed(claims, kind: .idToken, algorithm: .es256)
    }

    private func name(_ session: Identifier<Session>, for portal: String) throws -> String {
        desk.signOn.sessionName(of: session, for: try #require(desk.signOn.directory[portal]))
    }

    private func begin(_ browser: TestBrowser, _ pairs: [(String, String)]) async throws -> LogoutStep {
        let parameters = try #require(Parameters(pairs.map { (name: $0.0, value: $0.1) }))
        let (step, changes) = try await Logout(desk.signOn).begin(parameters, browser: browser.browser)
        browser.take(changes)
        if case .confirm(let flow, _, _, _) = step { browser.flow = flow }
        return step
    }

    private var isSignedIn: Bool { desk.books.step { $0.sessions.values.contains { $0.endedAt == nil } } }

    @Test func `a hint of this session signs out at once and goes back, though it is too old`() async throws {
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        try await browser.reach()
        let step = try await begin(
            browser,
            [
                ("id_token_hint", try hint(browser)), ("post_logout_redirect_uri", "https://citizen.example/"),
                ("state", "x y"),
            ])
        guard case .done(redirect: "https://citizen.example/?state=x%20y", _) = step else {
            Issue.record("\(step)")
            return
        }
        #expect(!isSignedIn && browser.session == nil && browser.flowCookie == nil)
        #expect(desk.books.entries.last?.event == .loggedOut)
    }

    @Test func `without a valid hint the person is asked, and no keeps the session`() async throws {
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        try await browser.reach()
        let genuine = try hint(browser)
        let forged = genuine.dropLast(6) + "AAAAAA"
        let attempts: [[(String, String)]] = [
            [], [("id_token_hint", String(forged)), ("post_logout_redirect_uri", "https://citizen.example/")],
            [("id_token_hint", "nonsense")], [("client_id", "citizen")], [("state", "s")],
            [("post_logout_redirect_uri", "https://evil.example/")],
            [("id_token_hint", try hint(browser, ["sid": "00000000000000000000000000000000"]))],
            [("id_token_hint", try hint(browser, ["aud": "tax"]))],
            [("id_token_hint", try hint(browser, ["iss": "https://other.example"]))],
        ]
        for pairs in attempts {
            guard case .confirm = try await begin(browser, pairs) else {
                Issue.record("not asked: \(pairs)")
                return
            }
            let (answer, _) = try await Logout(desk.signOn).confirm(
                flow: browser.flow, allows: false, browser: browser.browser)
            guard case .stayed = answer else {
                Issue.record("no was not no")
                return
            }
        }
        #expect(isSignedIn)
        _ = try await begin(browser, [("post_logout_redirect_uri", "https://evil.example/")])
        let (answer, changes) = try await Logout(desk.signOn).confirm(
            flow: browser.flow, allows: true, browser: browser.browser)
        guard case .done(redirect: nil, _) = answer else {
            Issue.record("an open redirect")
            return
        }
        #expect(!isSignedIn && changes == .signedOut)
    }

    @Test(arguments: [
        ("https://citizen.example/x", LogoutRefusal.redirectURIUnknown),
        ("https://citizen.example", .redirectURIUnknown),
        ("https://citizen.example/?x=1", .redirectURIUnknown), ("https://evil.example/", .redirectURIUnknown),
    ])
    func `a redirect URI that is not the portal's ends in an error page, signed in`(
        _ uri: String, _ refusal: LogoutRefusal
    ) async throws {
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        try await browser.reach()
        let step = try await begin(
            browser, [("id_token_hint", try hint(browser)), ("post_logout_redirect_uri", uri)])
        guard case .refused(refusal) = step else {
            Issue.record("\(step)")
            return
        }
        #expect(isSignedIn)
    }

    @Test func `a request that no address has room for is refused`() async throws {
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        try await browser.reach()
        // Every byte becomes six in JSON.
        guard case .refused(.tooLong) = try await begin(browser, [("state", String(repeating: "\u{1}", count: 2048))])
        else {
            Issue.record("not refused")
            return
        }
        #expect(isSignedIn)
    }

    @Test func `another kind of token is no hint`() async throws {
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        try await browser.reach()
        let grant = try #require(desk.books.step { $0.grants.values.first })
        let claims = JSONObject([
            ("iss", .string(TestDesk.issuer)), ("sub", .string(grant.subject)), ("aud", "citizen"),
            ("sid", .string(try name(try #require(grant.sessionID), for: "citizen"))),
        ])
        for kind in [OwnToken.Kind.accessToken, .logoutToken] {
            let token = try desk.signOn.signed(claims, kind: kind, algorithm: .es256)
            guard case .confirm = try await begin(browser, [("id_token_hint", token)]) else {
                Issue.record("\(kind) passed for an ID token")
                return
            }
        }
    }

    @Test func `the end of a session is told to every portal reached, with a logout token`() async throws {
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        try await browser.reach("citizen")
        try await browser.reach("tax")
        _ = try await begin(browser, [("id_token_hint", try hint(browser))])
        let posting = TestPosting()
        #expect(try await DeliverLogouts(desk.signOn, posting: posting).deliverDue() == 2)
        #expect(Set(posting.posts.map(\.uri)) == ["https://citizen.example/logout", "https://tax.example/logout"])
        for post in posting.posts {
            let token = try #require(desk.signOn.ownToken(post.token, kind: .logoutToken))
            let portal = try #require(token.audiences.first)
            #expect(post.uri.contains(portal) && token.claims["nonce"] == nil && token.claims["jti"] != nil)
            #expect(token.expiresAt == token.issuedAt?.adding(seconds: 120))
            #expect(
                token.claims["events"]?["http://schemas.openid.net/event/backchannel-logout"] == .object(JSONObject()))
            let session = try #require(desk.books.step { $0.sessions.keys.first })
            #expect(token.claims["sid"]?.string == (try name(session, for: portal)))
        }
        let names = posting.posts.map { JSONObject(claimsOf: $0.token)["sid"]?.string }
        #expect(names[0] != names[1])
        #expect(try await desk.books.undelivered().isEmpty)
        #expect(desk.books.entries.suffix(2).allSatisfy { $0.event == .logoutDelivered })
    }

    @Test func `a portal that does not answer is tried for an hour and stays on the operator's list`() async throws {
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        try await browser.reach()
        _ = try await begin(browser, [("id_token_hint", try hint(browser))])
        let posting = TestPosting(fault: "HTTP 500")
        let deliver = DeliverLogouts(desk.signOn, posting: posting)
        let began = desk.clock.now()
        var attempts: [Int64] = []
        for _ in 0..<8000 {
            if try await deliver.deliverDue() > 0 {
                attempts.append(desk.clock.now().secondsSinceEpoch - began.secondsSinceEpoch)
            }
            desk.clock.advance(by: 1)
        }
        #expect(attempts.prefix(2) == [0, 5] && attempts.filter { (1...3600).contains($0) }.count >= 5)
        let left = try await desk.books.undelivered()
        #expect(left.map(\.portalID) == ["citizen"] && left.first?.lastFault == "HTTP 500")
        #expect(left.first?.nextAttemptAt == nil && desk.books.entries.last?.event == .logoutUndelivered)
    }
}

final class TestPosting: LogoutPosting {
    private let all = Mutex<[(token: String, uri: String)]>([])
    private let fault: String?

    init(fault: String? = nil) {
        self.fault = fault
    }

    var posts: [(token: String, uri: String)] { all.withLock { $0 } }

    func post(logoutToken: String, to uri: String) async -> String? {
        all.withLock { $0.append((logoutToken, uri)) }
        return fault
    }
}
