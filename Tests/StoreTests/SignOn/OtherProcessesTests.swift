import Identity
import Primitives
import Testing

@testable import Store

/// Another store on the same file stands for another process.
struct OtherProcessesTests {
    /// Whether `condition` comes true in time; asked once more when time is up, however late this task gets its turn.
    private func soon(_ time: Duration = .seconds(1), _ condition: () async throws -> Bool) async throws -> Bool {
        let end = ContinuousClock.now + time
        while ContinuousClock.now < end {
            if try await condition() { return true }
            try await Task.sleep(for: .milliseconds(10))
        }
        return try await condition()
    }

    /// Looks until the answer comes from memory.
    private func warm(_ store: SQLiteStore, _ grant: Grant, token: String = "jti") async throws {
        let isWarm = try await soon(.seconds(30)) {
            _ = try await store.live(grant.id, token: token, at: BooksUnderTest.after(20))
            let found = store.liveness.find(
                grant.id, token: token, at: BooksUnderTest.after(20), check: store.checkVersion)
            return found != nil
        }
        #expect(isWarm)
    }

    @Test func `what another process ends is over here within a second`() async throws {
        let sample = try SampleStore()
        let tested = try sample.booksUnderTest()
        let (store, other) = (try sample.store(), try sample.another())
        let account = try await tested.add()
        let session = try await tested.signIn(account)
        let at = BooksUnderTest.after(20)
        let (ended, _) = try await tested.granted(account, session)
        let (revoked, _) = try await tested.granted(account, session)
        let (disabled, _) = try await tested.granted(account, session)
        for grant in [ended, revoked, disabled] { try await warm(store, grant) }
        #expect(try await other.end(ended.id, at: at, entries: []))
        #expect(try await soon { try await store.live(ended.id, token: "jti", at: at) == nil })
        #expect(try await store.holder(ended.id, token: "jti", at: at) == nil)
        try await warm(store, revoked)
        #expect(try await other.revoke(token: "jti", until: BooksUnderTest.after(600), entries: []))
        #expect(try await soon { try await store.live(revoked.id, token: "jti", at: at) == nil })
        #expect(try await store.isRevoked(token: "jti"))
        try await warm(store, disabled, token: "another")
        #expect(try await other.disable(account.id, at: at) { BooksUnderTest.effects($0, at: at) } != nil)
        #expect(try await store.holder(disabled.id, token: "another", at: at)?.account.id == account.id)
        #expect(try await soon { try await store.holder(disabled.id, token: "another", at: at) == nil })
    }

    @Test func `own commits leave what is kept in its place`() async throws {
        let sample = try SampleStore()
        let tested = try sample.booksUnderTest()
        let store = try sample.store()
        let account = try await tested.add()
        let session = try await tested.signIn(account)
        let (grant, family) = try await tested.granted(account, session)
        try await warm(store, grant)
        for _ in 0..<100 { _ = try await tested.refresh(family, rotates: false) }
        let found = store.liveness.find(
            grant.id, token: "jti", at: BooksUnderTest.after(20), check: store.checkVersion)
        #expect(found != nil)
    }

    @Test func `nothing is answered from memory when the version was not asked for lately`() async throws {
        let cache = LivenessCache()
        let account = BooksUnderTest.account()
        let grant = BooksUnderTest.grant(account, nil, isOffline: true)
        let kept = LivenessCache.Kept(live: LiveGrant(grant: grant, account: account), sessionLimit: nil)
        let found = LivenessCache.Found(isRevoked: false, revoked: .known([]), grant: kept)
        let now = ContinuousClock.now
        let find = {
            let live = cache.find(grant.id, token: "t", at: BooksUnderTest.start, check: {})
            let holder = cache.holder(grant.id, token: "t", at: BooksUnderTest.start, check: {})
            #expect(holder == live.map { GrantHolder($0) })
            return live
        }
        #expect(find() == nil)
        cache.noteVersion(1, at: now)
        cache.keep(found, cache.round)
        #expect(find() != nil)
        cache.noteVersion(1, at: now - .milliseconds(500))
        #expect(find() != nil)
        cache.noteVersion(1, at: now - .milliseconds(800))
        #expect(find() == nil)
        cache.noteVersion(2, at: .now)
        #expect(find() == nil)
        cache.keep(found, cache.round - 1)
        #expect(find() == nil)
        cache.keep(found, cache.round)
        #expect(find() != nil)
        cache.revoke("t")
        #expect(find() == nil)
    }
}
