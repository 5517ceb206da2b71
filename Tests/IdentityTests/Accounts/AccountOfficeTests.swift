import Audit
import Identity
import Primitives
import Testing

@Suite struct AccountOfficeTests {
    private let desk = TestDesk()

    private func new(
        login: String = "li", password: String = "a rather long one", kind: Account.Kind = .person, id: String? = nil,
        name: String = "李雷"
    ) -> NewAccount {
        NewAccount(
            login: login, kind: kind, profile: Profile(name: name, idType: "001", id: id),
            roles: [DepartmentRole("market", .maker)], password: Secret(Array(password.utf8)))
    }

    @Test func `an account is added, found by id and login, and signs in`() async throws {
        let office = AccountOffice(desk.signOn)
        let id = try await office.add(new())
        #expect(try await office.account("li") == office.account(id.description))
        #expect(desk.books.entries.map(\.event) == [.accountAdded])
        let browser = TestBrowser(desk)
        _ = try await browser.visit(.citizen)
        #expect(try await browser.signIn("li", "a rather long one") == .page(.citizen))
    }

    @Test(arguments: [
        ("", "a rather long one", NewAccountRefusal.login), (" li", "a rather long one", .login),
        ("l\ni", "a rather long one", .login), ("li", "short", .password(.tooShort(minimum: 8))),
        ("li", String(repeating: "x", count: 129), .password(.tooLong)), ("li", "Password123", .password(.common)),
        ("lileilei", "LiLeiLei1", .password(.personal)),
    ])
    func `what is no login and no password is refused`(
        _ login: String, _ password: String, _ refusal: NewAccountRefusal
    ) async throws {
        await #expect(throws: refusal) {
            try await AccountOffice(desk.signOn).add(new(login: login, password: password))
        }
        #expect(desk.books.entries.isEmpty)
    }

    @Test func `an organization needs a right code, and a login is given once`() async throws {
        let office = AccountOffice(desk.signOn)
        await #expect(throws: NewAccountRefusal.organizationCode) {
            try await office.add(new(kind: .organization, id: "11110000000021135X"))
        }
        _ = try await office.add(new(kind: .organization, id: "11110000000021135M"))
        await #expect(throws: NewAccountRefusal.loginTaken) { try await office.add(new()) }
    }

    @Test func `a pairwise name leads back to its account, in its sector only, and the look-up is on record`()
        async throws
    {
        let account = try await desk.addAccount()
        for number in 0..<20 { try await desk.addAccount(login: "other\(number)") }
        let portal = try #require(desk.signOn.directory["tax"])
        let subject = try desk.signOn.subject(of: account, for: portal)
        let office = AccountOffice(desk.signOn)
        #expect(try await office.find(subject: subject, sector: "tax") == account.id)
        #expect(try await office.find(subject: subject, sector: "commerce") == nil)
        #expect(desk.books.entries.map(\.event) == [.accountLookedUp, .accountLookedUp])
        #expect(desk.books.entries.map(\.outcome) == [.succeeded, .failed])
    }

    @Test func `a profile prints nothing`() {
        let profile = Profile(name: "王小明", email: "wang@example.org", id: "11010519491231002X")
        #expect("\(profile)" == "‹redacted›" && !String(reflecting: profile).contains("wang"))
        var text = ""
        dump(profile, to: &text)
        #expect(!text.contains("王") && !text.contains("1101"))
    }
}
