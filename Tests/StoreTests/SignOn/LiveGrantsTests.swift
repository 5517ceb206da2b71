import Identity
import Primitives
import Testing

@testable import Store

struct LiveGrantsTests {
    private let start = BooksUnderTest.start

    private func live(_ account: Account, claims: ClaimsRequest = .none) -> LiveGrant {
        LiveGrant(grant: BooksUnderTest.grant(account, nil, isOffline: true, claims: claims), account: account)
    }

    @Test func `a grant that asks for single claims is known to be live, but not what it gives`() throws {
        let claims = try #require(ClaimsRequest(parsing: #"{"userinfo": {"email": null}}"#))
        var grants = LiveGrants()
        let account = BooksUnderTest.account()
        let (plain, asking) = (live(account), live(account, claims: claims))
        grants.insert(plain, until: nil)
        grants.insert(asking, until: nil)
        #expect(grants.contains(asking.grant.id, at: start) && grants.account(of: asking.grant.id, at: start) == nil)
        #expect(grants.account(of: plain.grant.id, at: start) == account)
        #expect(GrantHolder(asking).grant == asking.grant && GrantHolder(plain).grant == nil)
    }

    @Test func `an account that was let go is not taken for another`() {
        var grants = LiveGrants()
        let first = live(BooksUnderTest.account())
        grants.insert(first, until: nil)
        for _ in 0..<2_048 { grants.insert(live(BooksUnderTest.account()), until: nil) }
        #expect(grants.contains(first.grant.id, at: start) && grants.account(of: first.grant.id, at: start) == nil)
        grants.insert(first, until: nil)
        #expect(grants.account(of: first.grant.id, at: start) == first.account)
    }

    @Test func `nothing is live from its end on, rounded to the second before`() {
        var grants = LiveGrants()
        let one = live(BooksUnderTest.account())
        grants.insert(one, until: start.adding(seconds: 10))
        #expect(grants.contains(one.grant.id, at: start.adding(seconds: 9)))
        #expect(!grants.contains(one.grant.id, at: start.adding(seconds: 10)))
        #expect(grants.account(of: one.grant.id, at: start.adding(seconds: 10)) == nil)
        grants.remove(one.grant.id)
        #expect(!grants.contains(one.grant.id, at: start))
    }
}
