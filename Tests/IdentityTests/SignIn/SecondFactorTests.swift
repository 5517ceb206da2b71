import Audit
import Identity
import Primitives
import Testing

@Suite struct SecondFactorTests {
    private let desk = TestDesk()
    private let floor: [String: String?] = ["acr_values": "substantial"]

    /// Enrols through the pages; gives the secret and the recovery codes.
    private func enrol(_ browser: TestBrowser) async throws -> (secret: Secret, codes: [String]) {
        var step = try await browser.authorize(changes: floor)
        if case .signIn = step { step = try await browser.signIn() }
        guard case .enrolment(let question) = step else {
            Issue.record("no enrolment: \(step)")
            return (Secret([]), [])
        }
        let secret = Secret(try #require(Base32.decode(question.secret)))
        #expect(question.uri.hasPrefix("otpauth://totp/") && question.uri.contains(question.secret))
        guard case .recoveryCodes(let codes) = try await browser.enrol(code(secret)) else {
            Issue.record("no recovery codes")
            return (secret, [])
        }
        return (secret, codes)
    }

    private func code(_ secret: Secret) -> String { TestOneTimePasswords.code(secret, at: desk.clock.now()) }

    @Test func `a floor above the password leads to enrolment, and the level rises in the session`() async throws {
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        let enrolled = try await enrol(browser)
        #expect(Set(enrolled.codes).count == 10)
        // The form's answer is a redirect: the page after it shows the codes, and the next one no more.
        #expect(try await browser.resume() == .recoveryCodes(enrolled.codes))
        guard case .consent = try await browser.resume() else {
            Issue.record("no notice")
            return
        }
        #expect(try TestBrowser.answer(try await browser.decide())["code"] != nil)
        let level = try #require(desk.books.step { $0.grants.values.first?.level })
        #expect(level.acr == .substantial && level.amr == ["pwd", "otp", "mfa"])
    }

    @Test func `an account with a second factor has no session before it is shown`() async throws {
        try await desk.addAccount()
        let secret = try await enrol(TestBrowser(desk)).secret
        desk.clock.advance(by: 60)
        let browser = TestBrowser(desk)
        _ = try await browser.authorize()
        #expect(
            try await browser.signIn() == .secondFactor(SecondFactorQuestion(hasRecoveryCodes: true, refusal: nil)))
        #expect(browser.session == nil)
        #expect(
            try await browser.check("000000")
                == .secondFactor(SecondFactorQuestion(hasRecoveryCodes: true, refusal: .wrong)))
        #expect(browser.session == nil)
        guard case .consent = try await browser.check(code(secret)) else {
            Issue.record("not taken")
            return
        }
        #expect(browser.session != nil)
    }

    @Test func `a step is good once, also in another browser`() async throws {
        try await desk.addAccount()
        let secret = try await enrol(TestBrowser(desk)).secret
        for isFirst in [true, false] {
            if isFirst { desk.clock.advance(by: 60) }
            let browser = TestBrowser(desk)
            _ = try await browser.authorize()
            _ = try await browser.signIn()
            _ = try await browser.check(code(secret))
            #expect((browser.session != nil) == isFirst)
        }
    }

    @Test func `the code that enrolled is spent`() async throws {
        try await desk.addAccount()
        let secret = try await enrol(TestBrowser(desk)).secret
        let browser = TestBrowser(desk)
        _ = try await browser.authorize()
        _ = try await browser.signIn()
        _ = try await browser.check(code(secret))
        #expect(browser.session == nil)
    }

    @Test func `a recovery code is good once, however it is written`() async throws {
        try await desk.addAccount()
        let codes = try await enrol(TestBrowser(desk)).codes
        let first = try #require(codes.first)
        for (text, isGood) in [(first.lowercased().split(separator: "-").joined(separator: " "), true), (first, false)]
        {
            let browser = TestBrowser(desk)
            _ = try await browser.authorize()
            _ = try await browser.signIn()
            _ = try await browser.check(text)
            #expect((browser.session != nil) == isGood)
        }
        #expect(desk.books.entries.map(\.event).filter { $0 == .recoveryCodeUsed }.count == 1)
    }

    @Test func `the step waits ten minutes, and a new password voids it`() async throws {
        let account = try await desk.addAccount()
        let secret = try await enrol(TestBrowser(desk)).secret
        let late = TestBrowser(desk)
        _ = try await late.authorize()
        _ = try await late.signIn()
        desk.clock.advance(by: 600)
        #expect(try await late.check(code(secret)) == .signIn(.asked()))
        let changed = TestBrowser(desk)
        _ = try await changed.authorize()
        _ = try await changed.signIn()
        _ = try await desk.books.setPassword(account.id, replacing: nil, hash: "test$other", entries: [])
        #expect(try await changed.check(code(secret)) == .signIn(.asked()))
        #expect(late.session == nil && changed.session == nil)
    }

    @Test func `guessing the second factor is throttled by the same counter`() async throws {
        var policy = SignInPolicy()
        policy.guessing.perAccount = 5
        let desk = TestDesk(policy: policy)
        let account = try await desk.addAccount()
        let secret = Secret([1, 2, 3])
        _ = try await desk.books.enrol(account.id, secret: secret, step: 0, recoveryCodes: [], entries: [])
        let attacker = TestBrowser(desk)
        _ = try await attacker.authorize()
        _ = try await attacker.signIn()
        for _ in 0..<5 { _ = try await attacker.check("000000") }
        guard
            case .secondFactor(let question) = try await attacker.check(
                TestOneTimePasswords.code(secret, at: desk.clock.now())), case .throttled = question.refusal
        else {
            Issue.record("guessing went on")
            return
        }
    }

    @Test func `whoever has the password guesses ten second factors an hour, however often they enter it`() async throws
    {
        let account = try await desk.addAccount()
        let secret = Secret([1, 2, 3])
        _ = try await desk.books.enrol(account.id, secret: secret, step: 0, recoveryCodes: [], entries: [])
        func attempt(_ code: String) async throws -> SignInRefusal? {
            let attacker = TestBrowser(desk)
            _ = try await attacker.authorize()
            _ = try await attacker.signIn()
            guard case .secondFactor(let question) = try await attacker.check(code) else { return nil }
            return question.refusal
        }
        let until = desk.clock.now().adding(seconds: desk.signOn.policy.guessing.window)
        for _ in 0..<10 { #expect(try await attempt("000000") == .wrong) }
        #expect(try await attempt(code(secret)) == .throttled(until: until))
        desk.clock.advance(by: desk.signOn.policy.guessing.window)
        #expect(try await attempt(code(secret)) == nil)
    }

    @Test func `enrolment asks for the password again when it was long ago`() async throws {
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        try await browser.reach()
        desk.clock.advance(by: 601)
        guard case .signIn = try await browser.visit(.secondFactor) else {
            Issue.record("an authenticator could be bound to an old session")
            return
        }
        guard case .enrolment = try await browser.signIn() else {
            Issue.record("no enrolment")
            return
        }
    }

    @Test func `a step up needs no password and keeps the time of the password`() async throws {
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        try await browser.reach()
        let (passwordAt, session) = (desk.clock.now(), browser.session)
        desk.clock.advance(by: 60)
        let account = try #require(desk.books.step { $0.accounts.keys.first })
        let secret = Secret([1, 2, 3])
        _ = try await desk.books.enrol(account, secret: secret, step: 0, recoveryCodes: [], entries: [])
        #expect(
            try TestBrowser.answer(
                try await browser.authorize(changes: floor.merging(["prompt": "none"]) { $1 }))["error"]
                == "login_required")
        guard case .secondFactor = try await browser.authorize(changes: floor) else {
            Issue.record("not asked")
            return
        }
        #expect(try TestBrowser.answer(try await browser.check(code(secret)))["code"] != nil)
        #expect(browser.session != session)
        let level = try #require(desk.books.step { $0.sessions.values.first?.level })
        #expect(level.acr == .substantial && level.at == passwordAt)
    }

    @Test func `fresh recovery codes take the place of the old ones, right after signing in with both factors`()
        async throws
    {
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        let old = try await enrol(browser).codes
        let view = try #require(try await CitizenPage(desk.signOn).view(browser.browser))
        let factor = SecondFactor(desk.signOn)
        #expect(try await factor.renewCodes(formToken: "forged", browser: browser.browser)?.next == nil)
        let result = try #require(try await factor.renewCodes(formToken: view.formToken, browser: browser.browser))
        guard case .recoveryCodes(let fresh) = result.next else {
            Issue.record("no codes")
            return
        }
        #expect(fresh.count == 10 && Set(fresh).isDisjoint(with: old))
        for (code, isGood) in [(old[0], false), (fresh[0], true)] {
            let other = TestBrowser(desk)
            _ = try await other.authorize()
            _ = try await other.signIn()
            _ = try await other.check(code)
            #expect((other.session != nil) == isGood)
        }
        desk.clock.advance(by: 600)
        let late = try #require(try await factor.renewCodes(formToken: view.formToken, browser: browser.browser))
        #expect(late.next == .signIn(.asked()))
        browser.flow = try #require(late.flow)
        #expect(try await browser.resume() == .signIn(.asked()))
    }

    @Test func `recovery codes are shown to nobody but their owner, whoever comes back to the address`() async throws {
        try await desk.addAccount()
        try await desk.addAccount(login: "li", password: "another long one")
        let browser = TestBrowser(desk)
        let codes = try await enrol(browser).codes
        let address = browser.flow
        browser.session = nil
        _ = try await browser.authorize()
        _ = try await browser.signIn("li", "another long one")
        browser.flow = address
        let step = try await browser.resume()
        #expect(step != .recoveryCodes(codes))
        guard case .enrolment = step else {
            Issue.record("the next person is not asked for their own: \(step)")
            return
        }
    }

    @Test func `a refusal is shown on the page after the form, once`() async throws {
        let account = try await desk.addAccount()
        let browser = TestBrowser(desk)
        _ = try await browser.authorize()
        _ = try await browser.signIn("wang", "wrong one")
        #expect(try await browser.resume() == .signIn(.asked(refusal: .wrong)))
        #expect(try await browser.resume() == .signIn(.asked()))
        _ = try await desk.books.enrol(account.id, secret: Secret([1]), step: 0, recoveryCodes: [], entries: [])
        _ = try await browser.signIn()
        _ = try await browser.check("000000")
        let question = { SecondFactorQuestion(hasRecoveryCodes: false, refusal: $0) }
        #expect(try await browser.resume() == .secondFactor(question(.wrong)))
        #expect(try await browser.resume() == .secondFactor(question(nil)))
        let enrolling = TestBrowser(desk)
        try await desk.addAccount(login: "li", password: "another long one")
        _ = try await enrolling.authorize(changes: floor)
        _ = try await enrolling.signIn("li", "another long one")
        _ = try await enrolling.enrol("000000")
        guard case .enrolment(let shown) = try await enrolling.resume(), shown.refusal == .wrong else {
            Issue.record("the refusal was lost")
            return
        }
    }
}
