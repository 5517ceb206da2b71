import Audit
import Identity
import OpenSSLCrypto
import Primitives
import Testing

@Suite struct AuthorizeTests {
    private let desk = TestDesk()

    @Test func `a person signs in, is told which data go, and the portal gets a code`() async throws {
        let account = try await desk.addAccount()
        let browser = TestBrowser(desk)
        #expect(
            try await browser.authorize(changes: ["login_hint": "wang"])
                == .signIn(SignInQuestion.asked(hint: "wang")))
        guard case .consent(let question) = try await browser.signIn() else {
            Issue.record("no notice")
            return
        }
        #expect(!question.isQuestion && question.data == ["openid", "profile"] && question.accountName == "王小明")
        let answer = try TestBrowser.answer(try await browser.decide())
        let code = try #require(answer["code"].flatMap { OpaqueSecret($0) })
        let record = try #require(try await desk.books.code(code.hash(OpenSSLHashing())))
        #expect(record.grant.accountID == account.id && record.grant.scopes == ["openid", "profile"])
        #expect(record.code.nonce == "n1" && record.code.redirectURI == "https://citizen.example/callback")
        #expect(record.grant.level.amr == ["pwd"] && record.grant.level.acr == .low)
        #expect(answer["state"] == "s1" && answer["iss"] == TestDesk.issuer)
        #expect(desk.books.entries.map(\.event) == [.signedIn, .consentGiven, .codeIssued])
    }

    @Test func `who is known at one portal is known at the next, under another name in another sector`() async throws {
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        try await browser.reach("citizen")
        let before = desk.passwords.count
        try await browser.reach("shop")
        try await browser.reach("tax")
        #expect(desk.passwords.count == before)
        let subjects = desk.books.step { Dictionary($0.grants.values.map { ($0.portalID, $0.subject) }) { $1 } }
        #expect(subjects["citizen"] == subjects["shop"] && subjects["citizen"] != subjects["tax"])
        // Nothing is asked a second time.
        #expect(try TestBrowser.answer(try await browser.authorize("shop", ["prompt": "none"]))["code"] != nil)
    }

    @Test func `a notice comes again for more data, not for less`() async throws {
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        try await browser.reach("citizen", ["scope": "openid profile email"])
        #expect(try TestBrowser.answer(try await browser.authorize())["code"] != nil)
        guard case .consent = try await browser.authorize(changes: ["scope": "openid phone"]) else {
            Issue.record("no notice")
            return
        }
        let silent = try TestBrowser.answer(
            try await browser.authorize(changes: ["scope": "openid phone", "prompt": "none"]))
        #expect(silent["error"] == "consent_required")
    }

    @Test func `prompt consent asks again, and no is access_denied`() async throws {
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        try await browser.reach("tax")
        guard case .consent(let question) = try await browser.authorize("tax", ["prompt": "consent"]) else {
            Issue.record("not asked")
            return
        }
        #expect(question.isQuestion)
        #expect(try TestBrowser.answer(try await browser.decide(false))["error"] == "access_denied")
        #expect(desk.books.entries.last?.event == .consentDenied)
    }

    @Test func `prompt login and a passed max_age ask for the password, once`() async throws {
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        try await browser.reach()
        desk.clock.advance(by: 100)
        for changes in [["prompt": "login"], ["max_age": "99"], ["max_age": "0"]] {
            guard case .signIn = try await browser.authorize("citizen", changes) else {
                Issue.record("not asked: \(changes)")
                return
            }
            let asked = desk.clock.now()
            #expect(try TestBrowser.answer(try await browser.signIn())["code"] != nil)
            #expect(desk.books.step { $0.grants.values.map(\.level.at).max() } == asked)
            desk.clock.advance(by: 100)
        }
        #expect(try TestBrowser.answer(try await browser.authorize(changes: ["max_age": "101"]))["code"] != nil)
    }

    @Test func `prompt select_account lets the person go on or change`() async throws {
        try await desk.addAccount()
        let other = try await desk.addAccount(login: "li", password: "another long one")
        let browser = TestBrowser(desk)
        try await browser.reach()
        desk.clock.advance(by: 10)
        #expect(try await browser.authorize(changes: ["prompt": "select_account"]) == .account(name: "王小明"))
        #expect(try TestBrowser.answer(try await browser.choose(keeps: true))["code"] != nil)
        _ = try await browser.authorize(changes: ["prompt": "select_account"])
        guard case .signIn = try await browser.choose(keeps: false) else {
            Issue.record("not asked")
            return
        }
        guard case .consent = try await browser.signIn("li", "another long one") else {
            Issue.record("no notice")
            return
        }
        #expect(try TestBrowser.answer(try await browser.decide())["code"] != nil)
        #expect(desk.books.step { $0.grants.values.contains { $0.accountID == other.id } })
        // The first person's session in this browser is over.
        #expect(desk.books.step { $0.sessions.values.filter { $0.endedAt == nil }.count } == 1)
    }

    @Test func `an answer counts only in the session that was asked`() async throws {
        try await desk.addAccount()
        try await desk.addAccount(login: "li", password: "another long one")
        let browser = TestBrowser(desk)
        _ = try await browser.authorize("tax")
        _ = try await browser.signIn()
        let asked = browser.flow
        desk.clock.advance(by: 10)
        _ = try await browser.authorize("tax", ["prompt": "login"])
        _ = try await browser.signIn("li", "another long one")
        browser.flow = asked
        guard case .consent = try await browser.decide() else {
            Issue.record("an answer for another person was taken")
            return
        }
        #expect(desk.books.step { $0.grants.isEmpty })
    }

    @Test func `a sub asked for by hint or claim must be the person`() async throws {
        let account = try await desk.addAccount()
        try await desk.addAccount(login: "li", password: "another long one")
        let portal = try #require(desk.signOn.directory["citizen"])
        let subject = try desk.signOn.subject(of: account, for: portal)
        let claims = #"{"id_token": {"sub": {"value": "\#(subject)"}}}"#
        let browser = TestBrowser(desk)
        _ = try await browser.authorize(changes: ["claims": claims])
        #expect(try TestBrowser.answer(try await browser.signIn("li", "another long one"))["error"] == "login_required")
        desk.clock.advance(by: 1)
        let silent = try await browser.authorize(changes: ["claims": claims, "prompt": "none"])
        #expect(try TestBrowser.answer(silent)["error"] == "login_required")
        guard case .signIn = try await browser.authorize(changes: ["claims": claims]) else {
            Issue.record("not asked")
            return
        }
        guard case .consent = try await browser.signIn() else {
            Issue.record("not taken")
            return
        }
    }

    @Test func `a level that cannot be reached is said, never lowered`() async throws {
        try await desk.addAccount(assurance: .low)
        let browser = TestBrowser(desk)
        try await browser.reach()
        for level in ["high", "substantial"] {
            let answer = try TestBrowser.answer(try await browser.authorize(changes: ["acr_values": level]))
            #expect(answer["error"] == "unmet_authentication_requirements")
        }
        for levels in ["substantial low", "unheard-of"] {
            #expect(try TestBrowser.answer(try await browser.authorize(changes: ["acr_values": levels]))["code"] != nil)
        }
    }
}

extension TestBrowser {
    func authorize(changes: [String: String?]) async throws -> NextStep { try await authorize("citizen", changes) }
}

extension SignInQuestion {
    static func asked(hint: String? = nil, refusal: SignInRefusal? = nil) -> SignInQuestion {
        SignInQuestion(loginHint: hint, refusal: refusal)
    }
}
