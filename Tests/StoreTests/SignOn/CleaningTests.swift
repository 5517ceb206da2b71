import Identity
import Primitives
import Testing

@testable import Store

struct CleaningTests {
    private static let tables = [
        "login_session", "portal_grant", "authorization_code", "refresh_family", "revoked_token", "spent_value",
        "pushed_request", "device_request", "throttle_count", "logout_notice", "account_history",
    ]

    private func counts(_ sample: SampleStore) async throws -> [String: Int] {
        try await sample.store().database.read { connection in
            try CleaningTests.tables.reduce(into: [:]) { counts, table in
                let count = try connection.row("SELECT COUNT(*) FROM \(table)")?.number(0) ?? 0
                if count > 0 { counts[table] = count }
            }
        }
    }

    private func clean(_ sample: SampleStore, at: Int64) async throws {
        while try await sample.store().clean(at: BooksUnderTest.after(at), limit: 3) {}
    }

    /// One row or more in every table.
    private func fill(_ sample: SampleStore) async throws {
        let tested = try sample.booksUnderTest()
        let account = try await tested.add()
        let (session, other) = (try await tested.signIn(account), try await tested.signIn(account))
        for _ in 0..<4 { _ = try await tested.granted(account, session) }
        _ = try await tested.granted(account, session, isOffline: true)
        _ = try await tested.granted(account, other)
        for index in 0..<10 {
            #expect(
                try await tested.books.spend(
                    .dpopProof, try BooksUnderTest.digest(), until: BooksUnderTest.after(Int64(60 + index))))
        }
        #expect(try await tested.books.revoke(token: "t", until: BooksUnderTest.after(600), entries: []))
        let pushed = PushedRequest(
            hash: try BooksUnderTest.digest(), portalID: "bank", request: [1], expiresAt: BooksUnderTest.after(60))
        #expect(try await tested.books.push(pushed, quota: 1, at: BooksUnderTest.start))
        #expect(try await tested.start(try BooksUnderTest.device()))
        let key = ThrottleKey(value: try BooksUnderTest.digest(), limit: 1)
        _ = try await tested.books.count([key], window: 100, at: BooksUnderTest.start)
        _ = try await tested.end(.one(other.id))
        let notice = try #require(
            try await tested.books.due(at: BooksUnderTest.after(30), limit: 1, excluding: []).first)
        try await tested.books.failed(notice.id, fault: "HTTP 500", nextAttemptAt: nil, entries: [])
    }

    @Test func `rows go when their time is over, and not before`() async throws {
        let sample = try SampleStore()
        try await fill(sample)
        var expected = [
            "login_session": 2, "portal_grant": 6, "authorization_code": 6, "refresh_family": 6, "revoked_token": 1,
            "spent_value": 10, "pushed_request": 1, "device_request": 1, "throttle_count": 1, "logout_notice": 1,
            "account_history": 8,
        ]
        #expect(try await counts(sample) == expected)
        // The session that ended goes at once; nothing else is over.
        try await clean(sample, at: 59)
        expected["login_session"] = 1
        #expect(try await counts(sample) == expected)
        try await clean(sample, at: 64)
        (expected["spent_value"], expected["pushed_request"]) = (5, nil)
        #expect(try await counts(sample) == expected)
        try await clean(sample, at: 1799)
        for table in ["spent_value", "revoked_token", "device_request", "throttle_count"] { expected[table] = nil }
        #expect(try await counts(sample) == expected)
        try await clean(sample, at: 1800)
        expected["login_session"] = nil
        #expect(try await counts(sample) == expected)
        // The offline grant would outlive the session, but all of these end at 7200.
        try await clean(sample, at: 7199)
        #expect(try await counts(sample) == expected)
        try await clean(sample, at: 7200)
        for table in ["portal_grant", "authorization_code", "refresh_family"] { expected[table] = nil }
        #expect(try await counts(sample) == expected)
        try await clean(sample, at: 31 * 86_400)
        expected["logout_notice"] = nil
        #expect(try await counts(sample) == expected)
        try await clean(sample, at: 365 * 86_400)
        #expect(try await counts(sample) == [:])
    }

    @Test func `a step deletes no more than it may, and says whether there is more`() async throws {
        let sample = try SampleStore()
        let store = try sample.store()
        for _ in 0..<25 {
            _ = try await store.spend(.dpopProof, try BooksUnderTest.digest(), until: BooksUnderTest.after(1))
        }
        #expect(try await store.clean(at: BooksUnderTest.after(2), limit: 10))
        #expect(try await counts(sample) == ["spent_value": 15])
        #expect(try await store.clean(at: BooksUnderTest.after(2), limit: 10))
        #expect(try await !store.clean(at: BooksUnderTest.after(2), limit: 10))
        #expect(try await counts(sample) == [:])
        #expect(try await store.allEntries().isEmpty)
    }

    @Test func `an ended grant goes after a day, so that a replay is told until then`() async throws {
        let sample = try SampleStore()
        let tested = try sample.booksUnderTest()
        let account = try await tested.add()
        let session = try await tested.signIn(account)
        let grant = Grant(
            id: Identifier(from: BooksUnderTest.randomness), accountID: account.id, portalID: "shop",
            sessionID: session.id, scopes: ["openid"], subject: "s",
            level: AuthenticationLevel(acr: .low, amr: [], at: BooksUnderTest.start), isOffline: true,
            createdAt: BooksUnderTest.start, expiresAt: BooksUnderTest.after(100 * 86_400))
        let code = try await tested.open(grant)
        _ = try await tested.redeem(code)
        #expect(try await tested.books.end(grant.id, at: BooksUnderTest.after(100), entries: []))
        try await clean(sample, at: 86_400 + 99)
        #expect(try await tested.redeem(code, at: BooksUnderTest.after(86_400 + 99)) == .replayed)
        try await clean(sample, at: 86_400 + 100)
        #expect(try await tested.redeem(code, at: BooksUnderTest.after(86_400 + 100)) == .dead)
        #expect(try await counts(sample)["portal_grant"] == nil)
    }

    @Test func `cleaning finds its rows by an index`() async throws {
        let sample = try SampleStore()
        let plans = try sample.store().database.write { connection in
            try Cleaning.statements.map { sql in
                try connection.rows("EXPLAIN QUERY PLAN \(sql)", [.integer(0), .integer(1)]).map { try $0.text(3) }
            }
        }
        for plan in plans {
            #expect(!plan.contains { $0.hasPrefix("SCAN") }, "\(plan)")
        }
    }
}
