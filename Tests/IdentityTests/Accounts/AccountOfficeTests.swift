import Audit
import Identity
import Primitives
import Testing

@Suite struct AccountOfficeTests {
    private let desk = TestDesk()

    private func new(
        login: String = "li", password: String = "a rather long one", kind: Account.Kind = .person, id: String? = nil,
        idType: String? = "001", name: String = "李雷", proofingSource: String = "operator"
    ) -> NewAccount {
        NewAccount(
            login: login, kind: kind, profile: Profile(name: name, idType: idType, id: id),
            roles: [DepartmentRole("market", .maker)], proofingSource: proofingSource,
            password: Secret(Array(password.utf8)))
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
        let wrong: [(String, Character?)] = [
            ("11110000000021135X", "M"), ("1111000000002113", nil), ("1111000000002113IM", nil),
            ("11110000000021135MM", "M"),
        ]
        for (id, right) in wrong {
            await #expect(throws: NewAccountRefusal.organizationCode(right: right)) {
                try await office.add(new(kind: .organization, id: id))
            }
        }
        let missing: [(String?, String?)] = [
            (nil, "001"), ("11110000000021135M", nil), ("11110000000021135M", "099"),
        ]
        for (id, type) in missing {
            await #expect(throws: NewAccountRefusal.organizationCodeMissing) {
                try await office.add(new(kind: .organization, id: id, idType: type))
            }
        }
        _ = try await office.add(new(kind: .organization, id: "11110000000021135M"))
        await #expect(throws: NewAccountRefusal.loginTaken) { try await office.add(new()) }
    }

    @Test func `a citizen id number must be right, other documents have their own rules`() async throws {
        let office = AccountOffice(desk.signOn)
        let wrong: [(String, Character?)] = [
            ("110105194912310021", "X"), ("11010519491331002X", nil), ("110105194913310021", nil),
            ("1101051949123100", nil), ("", nil),
        ]
        for (id, right) in wrong {
            await #expect(throws: id.isEmpty ? NewAccountRefusal.profile("id") : .citizenID(right: right)) {
                try await office.add(new(id: id, idType: "111"))
            }
        }
        _ = try await office.add(new(id: "11010519491231002X", idType: "111"))
        _ = try await office.add(new(login: "passport", id: "E12345678", idType: "414"))
    }

    @Test func `who checked a person stands in the account`() async throws {
        let office = AccountOffice(desk.signOn)
        let id = try await office.add(new(proofingSource: "police register"))
        let proofing = try #require(try await office.account(id.description)?.account.proofings.first)
        #expect(proofing.source == "police register" && proofing.method == "account-add")
        await #expect(throws: NewAccountRefusal.profile("proofing source")) {
            try await office.add(new(login: "other", proofingSource: ""))
        }
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
