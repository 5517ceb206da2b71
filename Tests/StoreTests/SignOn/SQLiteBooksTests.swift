import Audit
import Identity
import Primitives
import Testing

@testable import Store

extension SampleStore {
    func booksUnderTest() throws -> BooksUnderTest {
        let store = try store()
        return BooksUnderTest(books: store) { try await store.allEntries().compactMap { $0["event"]?.string } }
    }
}

struct SQLiteBooksTests {
    @Test(arguments: BookClaim.all) func `the SQLite store does what the books of sign-on must`(
        claim: BookClaim
    ) async throws {
        let sample = try SampleStore()
        try await claim.check(sample.booksUnderTest())
        let report = try await sample.report()
        #expect(report.isSound, "\(report.problem ?? "")")
    }

    @Test func `reopening revives nothing`() async throws {
        let sample = try SampleStore()
        var tested = try sample.booksUnderTest()
        let account = try await tested.add()
        let (first, second) = (try await tested.signIn(account), try await tested.signIn(account))
        let grant = BooksUnderTest.grant(account, first)
        let family = BooksUnderTest.family(of: grant)
        let code = try await tested.open(grant)
        _ = try await tested.redeem(code, family: family)
        _ = try await tested.refresh(family, at: BooksUnderTest.after(11))
        let (jti, key) = (try BooksUnderTest.digest(), ThrottleKey(value: try BooksUnderTest.digest(), limit: 1))
        #expect(try await tested.books.spend(.dpopProof, jti, until: BooksUnderTest.after(60)))
        #expect(try await tested.books.count([key], window: 100, at: BooksUnderTest.start) == nil)
        let enrolled = try await tested.books.enrol(
            account.id, secret: Secret([1]), step: 100, recoveryCodes: [], entries: [])
        #expect(enrolled)
        #expect(try await tested.books.revoke(token: "revoked", until: BooksUnderTest.after(600), entries: []))
        _ = try await tested.end(.one(second.id))
        sample.close()
        tested = try sample.booksUnderTest()
        #expect(try await !tested.books.spend(.dpopProof, jti, until: BooksUnderTest.after(60)))
        #expect(try await tested.books.count([key], window: 100, at: BooksUnderTest.after(1)) != nil)
        #expect(try await !tested.books.spend(step: 100, of: account.id) { _ in [] })
        #expect(try await tested.books.isRevoked(token: "revoked"))
        #expect(try await tested.books.live(grant.id, token: "revoked", at: BooksUnderTest.after(31)) == nil)
        #expect(try await tested.books.session(secretHash: second.secretHash, at: BooksUnderTest.after(31)) == nil)
        #expect(try await tested.isLive(grant, at: BooksUnderTest.after(31)))
        #expect(try await tested.refresh(family, at: BooksUnderTest.after(60)) == .replayed)
        sample.close()
        tested = try sample.booksUnderTest()
        #expect(try await tested.refresh(family, 2, at: BooksUnderTest.after(61)) == .dead)
        #expect(try await tested.redeem(code, at: BooksUnderTest.after(61)) == .replayed)
        #expect(try await !tested.isLive(grant, at: BooksUnderTest.after(61)))
    }

    @Test func `a copy of the database shows nothing of a person`() async throws {
        let sample = try SampleStore()
        let tested = try sample.booksUnderTest()
        let account = try await tested.add(login: "canary-login")
        let session = try await tested.signIn(account)
        let claims = try #require(ClaimsRequest(parsing: #"{"userinfo": {"name": {"value": "CanaryName"}}}"#))
        _ = try await tested.open(BooksUnderTest.grant(account, session, claims: claims))
        #expect(
            try await tested.books.enrol(
                account.id, secret: Secret(Array("CanarySecret".utf8)), step: 1, recoveryCodes: [], entries: []))
        let pushed = PushedRequest(
            hash: try BooksUnderTest.digest(), portalID: "bank", request: Array("CanaryHint".utf8),
            expiresAt: BooksUnderTest.after(60))
        #expect(try await tested.books.push(pushed, quota: 1, at: BooksUnderTest.start))
        let canaries = [
            "canary-login", "CanaryName", "CanarySecret", "CanaryHint", "王小明", "小明", "wang@example.org", "10 1234",
            "示例路", "11010519491231002X", "Browser 1",
        ]
        let bytes = try sample.bytesOnDisk().values.reduce(into: [UInt8]()) { $0 += $1 }
        for canary in canaries {
            #expect(bytes.firstRange(of: Array(canary.utf8)) == nil, "\(canary) stands in a file")
        }
        // The portal is there, so the search does find what is written in clear.
        #expect(bytes.firstRange(of: Array("https://shop.example/cb".utf8)) != nil)
    }

    @Test func `a read-only store reads the books and changes nothing`() async throws {
        let sample = try SampleStore()
        let tested = try sample.booksUnderTest()
        let account = try await tested.add()
        let (grant, _) = try await tested.granted(account, try await tested.signIn(account))
        let reader = try sample.another(.readOnly)
        #expect(try await reader.account(login: "wang")?.account == account)
        #expect(try await reader.live(grant.id, token: "jti", at: BooksUnderTest.after(20)) != nil)
        await #expect(throws: StoreFault.readOnly) {
            try await reader.end(grant.id, at: BooksUnderTest.after(20), entries: [])
        }
    }
}
