import Audit
import Identity
import Primitives
import Testing

@Suite struct SignInTests {
    private let desk = TestDesk()

    @Test func `unknown, disabled and wrong are one answer for one amount of work`() async throws {
        try await desk.addAccount()
        let disabled = try await desk.addAccount(login: "gone", password: "once a password")
        _ = try await desk.books.disable(disabled.id, at: desk.clock.now()) { _ in
            EndingEffects(notices: [], entries: [])
        }
        var outcomes: [(NextStep, Int, Int)] = []
        for (login, password) in [("nobody", "whatever"), ("gone", "once a password"), ("wang", "wrong one")] {
            let browser = TestBrowser(desk)
            _ = try await browser.authorize()
            let (hashes, entries) = (desk.passwords.count, desk.books.entries.count)
            let step = try await browser.signIn(login, password)
            outcomes.append((step, desk.passwords.count - hashes, desk.books.entries.count - entries))
            #expect(browser.session == nil && browser.device == nil)
        }
        for outcome in outcomes {
            #expect(outcome.0 == .signIn(.asked(refusal: .wrong)) && outcome.1 == 1 && outcome.2 == 1)
        }
        #expect(desk.books.entries.allSatisfy { $0.event == .signInRefused && $0.outcome == .refused })
    }

    @Test func `what was typed stands nowhere in the log`() async throws {
        let browser = TestBrowser(desk)
        _ = try await browser.authorize()
        _ = try await browser.signIn("secret-login", "secret-password")
        let log = desk.books.entries.map {
            "\($0.actor ?? "") \($0.object ?? "") \(JSONValue.object($0.details).compactText)"
        }
        #expect(!log.joined().contains("secret-"))
    }

    @Test func `beyond the limit even the right password fails, until the window ends`() async throws {
        var policy = SignInPolicy()
        policy.guessing.perAccount = 3
        let desk = TestDesk(policy: policy)
        try await desk.addAccount()
        let attacker = TestBrowser(desk)
        _ = try await attacker.authorize()
        for _ in 0..<3 { _ = try await attacker.signIn("wang", "guess") }
        let until = desk.clock.now().adding(seconds: policy.guessing.window)
        #expect(try await attacker.signIn() == .signIn(.asked(refusal: .throttled(until: until))))
        #expect(desk.books.entries.last?.event == .signInThrottled)
        desk.clock.advance(by: policy.guessing.window)
        let later = TestBrowser(desk)
        _ = try await later.authorize()
        guard case .consent = try await later.signIn() else {
            Issue.record("still refused")
            return
        }
    }

    @Test func `attempts beyond a limit do not fill the log`() async throws {
        var policy = SignInPolicy()
        policy.guessing.perAccount = 3
        let desk = TestDesk(policy: policy)
        try await desk.addAccount()
        let attacker = TestBrowser(desk)
        _ = try await attacker.authorize()
        for _ in 0..<200 { _ = try await attacker.signIn("wang", "guess") }
        let throttled = { desk.books.entries.filter { $0.event == .signInThrottled } }
        #expect(throttled().count == 60 && desk.books.entries.count == 63)
        desk.clock.advance(by: 60)
        _ = try await attacker.signIn("wang", "guess")
        #expect(throttled().last?.details["skipped"] == 137)
    }

    @Test func `guessing does not lock a known session or device out`() async throws {
        var policy = SignInPolicy()
        policy.guessing.perAccount = 3
        let desk = TestDesk(policy: policy)
        try await desk.addAccount()
        let owner = TestBrowser(desk)
        try await owner.reach()
        let attacker = TestBrowser(desk)
        _ = try await attacker.authorize()
        for _ in 0..<10 { _ = try await attacker.signIn("wang", "guess") }
        desk.clock.advance(by: 10)
        _ = try await owner.authorize(changes: ["prompt": "login"])
        #expect(try TestBrowser.answer(try await owner.signIn())["code"] != nil)
        owner.session = nil
        _ = try await owner.authorize()
        #expect(try TestBrowser.answer(try await owner.signIn())["code"] != nil)
    }

    @Test func `a stolen device cookie has a counter of its own`() async throws {
        var policy = SignInPolicy()
        policy.guessing.perAccount = 3
        let desk = TestDesk(policy: policy)
        try await desk.addAccount()
        let owner = TestBrowser(desk)
        try await owner.reach()
        let thief = TestBrowser(desk)
        thief.device = owner.device
        _ = try await thief.authorize()
        for _ in 0..<3 { _ = try await thief.signIn("wang", "guess") }
        guard case .signIn(let question) = try await thief.signIn(), case .throttled = question.refusal else {
            Issue.record("guessing went on")
            return
        }
    }

    @Test func `one address is limited over all accounts, and another is not`() async throws {
        var policy = SignInPolicy()
        policy.guessing.perAddress = 5
        let desk = TestDesk(policy: policy)
        try await desk.addAccount()
        let attacker = TestBrowser(desk)
        _ = try await attacker.authorize()
        for number in 0..<5 { _ = try await attacker.signIn("user\(number)", "guess") }
        attacker.address = "192.0.2.200"
        guard case .signIn(let question) = try await attacker.signIn(), case .throttled = question.refusal else {
            Issue.record("guessing went on")
            return
        }
        attacker.address = "198.51.100.1"
        guard case .consent = try await attacker.signIn() else {
            Issue.record("another address was refused")
            return
        }
    }

    @Test func `one host beyond its limit locks nobody else out`() async throws {
        var policy = SignInPolicy()
        (policy.guessing.perAddress, policy.guessing.perAccount, policy.guessing.total) = (5, 10, 10)
        let desk = TestDesk(policy: policy)
        try await desk.addAccount()
        let attacker = TestBrowser(desk)
        _ = try await attacker.authorize()
        for number in 0..<30 { _ = try await attacker.signIn("user\(number)", "guess") }
        for _ in 0..<30 { _ = try await attacker.signIn("wang", "guess") }
        let other = TestBrowser(desk)
        other.address = "198.51.100.1"
        _ = try await other.authorize()
        guard case .consent = try await other.signIn() else {
            Issue.record("a host locked everybody out")
            return
        }
    }

    @Test func `right passwords do not count`() async throws {
        var policy = SignInPolicy()
        policy.guessing.perAccount = 2
        let desk = TestDesk(policy: policy)
        try await desk.addAccount()
        for _ in 0..<5 {
            let browser = TestBrowser(desk)
            _ = try await browser.authorize()
            _ = try await browser.signIn()
            #expect(browser.session != nil)
        }
    }

    @Test func `a hundred parallel guesses are all counted before any is looked at`() async throws {
        var policy = SignInPolicy()
        policy.guessing.perAccount = 10
        let desk = TestDesk(policy: policy)
        try await desk.addAccount()
        let browser = TestBrowser(desk)
        _ = try await browser.authorize()
        let (flow, sent, signOn) = (browser.flow, browser.browser, desk.signOn)
        let before = desk.passwords.count
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<100 {
                group.addTask {
                    _ = try? await SignIn(signOn).signIn(
                        flow: flow, login: "wang", password: "guess \(number)", browser: sent)
                }
            }
        }
        #expect(desk.passwords.count - before == 10)
    }
}
