import Audit
import Identity
import Primitives
import Testing

extension BookClaim {
    static let accounts = [
        BookClaim("an account reads back as it was added, by id and by login") { tested in
            let account = try await tested.add(login: "wang")
            let record = AccountRecord(
                account: account, passwordHash: "$scrypt$x", hasOneTimePassword: false, recoveryCodesLeft: 0)
            #expect(try await tested.books.account(account.id) == record)
            #expect(try await tested.books.account(login: "wang") == record)
            #expect(try await tested.books.account(login: "Wang") == nil)
            #expect(try await tested.books.account(Identifier(from: BooksUnderTest.randomness)) == nil)
            #expect(try await tested.events() == ["account-added"])
        },
        BookClaim("an organization without anything optional reads back too") { tested in
            let account = Account(
                id: Identifier(from: BooksUnderTest.randomness), kind: .organization, profile: Profile(name: "厂"),
                namingVersion: 1, createdAt: BooksUnderTest.start, updatedAt: BooksUnderTest.start)
            try await tested.books.add(account, login: "o", passwordHash: "h", entries: [])
            #expect(try await tested.books.account(account.id)?.account == account)
        },
        BookClaim("a login is taken once, and logins are compared byte by byte") { tested in
            _ = try await tested.add(login: "caf\u{E9}")
            await #expect(throws: AccountRefusal.loginTaken) { try await tested.add(login: "caf\u{E9}") }
            _ = try await tested.add(login: "cafe\u{301}")
            #expect(try await tested.events().count == 2)
        },
        BookClaim("names come by rising id, page by page") { tested in
            var ids: [String] = []
            for index in 0..<5 { ids.append(try await tested.add(login: "l\(index)").id.description) }
            let first = try await tested.books.names(after: nil, limit: 3)
            let rest = try await tested.books.names(after: first.last?.id, limit: 3)
            #expect(first.count == 3)
            #expect((first + rest).map(\.id.description) == ids.sorted())
            #expect(first.allSatisfy { $0.namingVersion == 3 })
        },
        BookClaim("a password is replaced, and only the one that was meant") { tested in
            let account = try await tested.add()
            let entries = [BooksUnderTest.entry(.passwordChanged)]
            let books = tested.books
            #expect(try await !books.setPassword(account.id, replacing: "other", hash: "new", entries: entries))
            #expect(try await books.setPassword(account.id, replacing: "$scrypt$x", hash: "new", entries: entries))
            #expect(try await books.account(account.id)?.passwordHash == "new")
            #expect(try await books.setPassword(account.id, replacing: nil, hash: "newer", entries: entries))
            let unknown = Identifier<Account>(from: BooksUnderTest.randomness)
            #expect(try await !books.setPassword(unknown, replacing: nil, hash: "x", entries: entries))
            #expect(try await tested.events() == ["account-added", "password-changed", "password-changed"])
        },
        BookClaim("disabling an account ends everything of it, once") { tested in
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            let (grant, family) = try await tested.granted(account, session, isOffline: true)
            let books = tested.books
            let at = BooksUnderTest.after(30)
            let ended = try await books.disable(account.id, at: at) { BooksUnderTest.effects($0, at: at) }
            #expect(ended?.map(\.session.id) == [session.id])
            #expect(try await books.disable(account.id, at: at) { BooksUnderTest.effects($0, at: at) } == nil)
            #expect(try await books.account(account.id)?.account.isDisabled == true)
            #expect(try await books.session(secretHash: session.secretHash, at: at) == nil)
            #expect(try await !tested.isLive(grant))
            #expect(try await tested.refresh(family, at: BooksUnderTest.after(31)) == .dead)
            #expect(try await books.due(at: at, limit: 9, excluding: []).count == 1)
            let again = try BooksUnderTest.session(of: account)
            #expect(try await !books.open(again, history: BooksUnderTest.line(account), entries: []))
            #expect(
                try await tested.events() == [
                    "account-added", "signed-in", "code-issued", "token-issued", "session-ended", "token-refused",
                ])
        },
        BookClaim("a time step counts once, and no earlier one after it") { tested in
            let account = try await tested.add()
            let books = tested.books
            let entries: @Sendable (Bool) -> [AuditEntry] = {
                [BooksUnderTest.entry($0 ? .secondFactorPassed : .secondFactorRefused)]
            }
            #expect(try await !books.spend(step: 5, of: account.id, entries: entries))
            let secret = Secret(Array("twenty bytes of key.".utf8))
            let code = try BooksUnderTest.digest()
            let enrolment = [BooksUnderTest.entry(.secondFactorEnrolled)]
            #expect(
                try await books.enrol(account.id, secret: secret, step: 100, recoveryCodes: [code], entries: enrolment))
            #expect(
                try await !books.enrol(account.id, secret: secret, step: 200, recoveryCodes: [], entries: enrolment))
            #expect(
                try await books.oneTimePasswordSecret(of: account.id)?.exposedBytes == secret.exposedBytes)
            let record = try await books.account(account.id)
            #expect(record?.hasOneTimePassword == true && record?.recoveryCodesLeft == 1)
            for (step, isSpent) in [(100, false), (99, false), (101, true), (101, false), (103, true), (102, false)] {
                #expect(
                    try await books.spend(step: Int64(step), of: account.id, entries: entries) == isSpent, "\(step)")
            }
            let factors = try await tested.events().filter { $0.hasPrefix("second-factor-p") }
            #expect(factors.count == 2)
        },
        BookClaim("a recovery code counts once, and new ones replace the old") { tested in
            let account = try await tested.add()
            let codes = try (0..<3).map { _ in try BooksUnderTest.digest() }
            let books = tested.books
            try await books.setRecoveryCodes(account.id, codes, entries: [BooksUnderTest.entry(.recoveryCodesRenewed)])
            let entries: @Sendable (Bool) -> [AuditEntry] = {
                [BooksUnderTest.entry($0 ? .recoveryCodeUsed : .secondFactorRefused)]
            }
            #expect(try await books.spend(recoveryCode: codes[0], of: account.id, entries: entries))
            #expect(try await !books.spend(recoveryCode: codes[0], of: account.id, entries: entries))
            let other = try await tested.add(login: "other")
            #expect(try await !books.spend(recoveryCode: codes[1], of: other.id, entries: entries))
            #expect(try await books.account(account.id)?.recoveryCodesLeft == 2)
            try await books.setRecoveryCodes(account.id, [try BooksUnderTest.digest()], entries: [])
            #expect(try await !books.spend(recoveryCode: codes[1], of: account.id, entries: entries))
            #expect(try await books.account(account.id)?.recoveryCodesLeft == 1)
            #expect(try await tested.events().filter { $0 == "recovery-code-used" }.count == 1)
        },
    ]
}
