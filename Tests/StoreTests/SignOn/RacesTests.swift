import Audit
import Identity
import Primitives
import Testing

@testable import Store

/// A hundred at once: what may happen once happens once.
struct RacesTests {
    private static let crowd = 100

    private func all<Outcome: Sendable>(
        _ body: @escaping @Sendable (Int) async throws -> Outcome
    ) async throws -> [Outcome] {
        try await withThrowingTaskGroup(of: Outcome.self) { group in
            for index in 0..<RacesTests.crowd { group.addTask { try await body(index) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test func `of a hundred redemptions of one code one succeeds`() async throws {
        let sample = try SampleStore()
        let tested = try sample.booksUnderTest()
        let account = try await tested.add()
        let grant = BooksUnderTest.grant(account, try await tested.signIn(account))
        let code = try await tested.open(grant)
        let outcomes = try await all { _ in
            try await tested.redeem(code, family: BooksUnderTest.family(of: grant))
        }
        let redeemed = outcomes.filter { if case .redeemed = $0 { true } else { false } }
        #expect(redeemed.count == 1)
        #expect(outcomes.filter { $0 == .replayed }.count == 99)
        #expect(try await tested.events().filter { $0 == "token-issued" }.count == 1)
        let families = try await sample.store().database.read {
            try $0.row("SELECT COUNT(*) FROM refresh_family")?.number(0)
        }
        #expect(families == 1)
        #expect(try await sample.report().isSound)
    }

    @Test func `of a hundred uses of one refresh generation one begins the next, and none forks`() async throws {
        let tested = try SampleStore().booksUnderTest()
        let account = try await tested.add()
        let (grant, family) = try await tested.granted(account, try await tested.signIn(account))
        let outcomes = try await all { _ in try await tested.refresh(family) }
        // Within the grace all get the same successor.
        #expect(Set(outcomes) == [.refreshed(LiveGrant(grant: grant, account: account), generation: 2)])
        #expect(try await tested.books.family(family.id)?.family.generation == 2)
        let late = try await all { _ in try await tested.refresh(family, at: BooksUnderTest.after(31)) }
        #expect(late.filter { $0 == .replayed }.count == 1)
        #expect(late.filter { $0 == .dead }.count == 99)
    }

    @Test func `of a hundred who spend one value one does`() async throws {
        let sample = try SampleStore()
        let other = try sample.another()
        let store = try sample.store()
        let value = try BooksUnderTest.digest()
        let spent = try await all { index in
            // Half of them in another process's place.
            try await (index % 2 == 0 ? store : other).spend(.dpopProof, value, until: BooksUnderTest.after(60))
        }
        #expect(spent.filter { $0 }.count == 1)
    }

    @Test func `of a hundred pushes the quota is stored, and of a hundred takes one gets the request`() async throws {
        let books = try SampleStore().store()
        let pushed = try await all { _ in
            let request = PushedRequest(
                hash: try BooksUnderTest.digest(), portalID: "bank", request: [1],
                expiresAt: BooksUnderTest.after(60))
            return try await books.push(request, quota: 10, at: BooksUnderTest.start) ? request.hash : nil
        }
        #expect(pushed.compactMap(\.self).count == 10)
        let hash = try #require(pushed.compactMap(\.self).first)
        let taken = try await all { _ in try await books.take(hash, portalID: "bank", at: BooksUnderTest.after(1)) }
        #expect(taken.compactMap(\.self) == [[1]])
    }

    @Test func `parallel attempts all count`() async throws {
        let books = try SampleStore().store()
        let key = ThrottleKey(value: try BooksUnderTest.digest(), limit: 10)
        let counted = try await all { _ in try await books.count([key], window: 60, at: BooksUnderTest.start) }
        #expect(counted.filter { $0 == nil }.count == 10)
    }

    @Test(arguments: [0, 1, 2]) func `an end that races refreshes wins`(way: Int) async throws {
        let sample = try SampleStore()
        let tested = try sample.booksUnderTest()
        let account = try await tested.add()
        let session = try await tested.signIn(account)
        let (grant, family) = try await tested.granted(account, session)
        let at = BooksUnderTest.after(20)
        _ = try await all { index in
            guard index == 50 else {
                _ = try await tested.refresh(family, rotates: false, at: at)
                return
            }
            switch way {
            case 0: _ = try await tested.books.end(grant.id, at: at, entries: [])
            case 1: _ = try await tested.end(.one(session.id), at: at)
            default: _ = try await tested.books.disable(account.id, at: at) { BooksUnderTest.effects($0, at: at) }
            }
            // Answered: from here on nothing of the grant works.
            #expect(try await tested.refresh(family, rotates: false, at: at) == .dead)
            #expect(try await !tested.isLive(grant, at: at))
        }
        #expect(try await tested.refresh(family, rotates: false, at: at) == .dead)
        sample.close()
        #expect(try await sample.booksUnderTest().refresh(family, rotates: false, at: at) == .dead)
    }

    @Test func `an end that races redemptions of its code wins`() async throws {
        for _ in 0..<10 {
            let tested = try SampleStore().booksUnderTest()
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            let grant = BooksUnderTest.grant(account, session)
            let code = try await tested.open(grant)
            let family = BooksUnderTest.family(of: grant)
            let outcomes = try await all { index in
                guard index == 2 else { return try await tested.redeem(code, family: index == 5 ? family : nil) }
                _ = try await tested.end(.one(session.id), at: BooksUnderTest.after(10))
                return try await tested.redeem(code)
            }
            #expect(outcomes.filter { if case .redeemed = $0 { true } else { false } }.count <= 1)
            #expect(try await tested.refresh(family) == .dead)
            #expect(try await !tested.isLive(grant))
        }
    }

    @Test func `a revocation is seen by every look that begins after its answer`() async throws {
        let tested = try SampleStore().booksUnderTest()
        let account = try await tested.add()
        let session = try await tested.signIn(account)
        var looksOfOthers = 0
        for round in 0..<20 {
            let (grant, _) = try await tested.granted(account, session, portal: "shop")
            let looking = Task {
                var looks = 0
                while !Task.isCancelled {
                    _ = try await tested.books.live(grant.id, token: "t\(round)", at: BooksUnderTest.after(20))
                    looks += 1
                }
                return looks
            }
            while try await tested.books.live(grant.id, token: "t\(round)", at: BooksUnderTest.after(20)) == nil {}
            if round % 2 == 0 {
                _ = try await tested.books.revoke(token: "t\(round)", until: BooksUnderTest.after(600), entries: [])
            } else {
                _ = try await tested.books.end(grant.id, at: BooksUnderTest.after(20), entries: [])
            }
            for _ in 0..<50 {
                #expect(
                    try await tested.books.live(grant.id, token: "t\(round)", at: BooksUnderTest.after(20)) == nil)
            }
            looking.cancel()
            looksOfOthers += try await looking.value
        }
        // Not in each round on a machine that is busy with other tests.
        #expect(looksOfOthers > 0)
    }
}
