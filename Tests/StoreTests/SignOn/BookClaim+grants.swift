import Audit
import Identity
import Primitives
import Testing

extension BookClaim {
    static let grants = [
        BookClaim("a grant and its code read back as they were given") { tested in
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            let claims = try #require(
                ClaimsRequest(parsing: #"{"userinfo": {"email": {"essential": true, "value": "wang@example.org"}}}"#))
            let grant = BooksUnderTest.grant(account, session, claims: claims)
            let code = try await tested.open(grant)
            let record = CodeRecord(code: code, grant: grant, isSpent: false)
            #expect(try await tested.books.code(code.hash) == record)
            #expect(try await tested.books.code(try BooksUnderTest.digest()) == nil)
            let live = LiveGrant(grant: grant, account: account)
            #expect(try await tested.books.live(grant.id, token: "jti", at: BooksUnderTest.after(1)) == live)
            #expect(try await tested.books.live(grant.id, token: "jti", at: BooksUnderTest.after(2)) == live)
            #expect(try await tested.redeem(code) == .redeemed(live))
            #expect(try await tested.books.code(code.hash)?.isSpent == true)
        },
        BookClaim("a grant touches its session, and lives as long as it") { tested in
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            let grant = BooksUnderTest.grant(account, session, at: BooksUnderTest.after(600))
            let new = try BooksUnderTest.newGrant(grant, sessionIdleUntil: BooksUnderTest.after(2400))
            #expect(try await tested.books.open(new, entries: []))
            #expect(try await tested.isLive(grant, at: BooksUnderTest.after(2399)))
            #expect(try await !tested.isLive(grant, at: BooksUnderTest.after(2400)))
        },
        BookClaim("no grant is given in a session that is over, and nothing is stored then") { tested in
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            _ = try await tested.end(.one(session.id))
            let told = Acknowledgement(
                accountID: account.id, portalID: "shop", data: ["profile"], isAgreement: true, at: BooksUnderTest.start)
            let grant = BooksUnderTest.grant(account, session, at: BooksUnderTest.after(40))
            let new = try BooksUnderTest.newGrant(grant, acknowledgement: told)
            #expect(try await !tested.books.open(new, entries: [BooksUnderTest.entry(.codeIssued)]))
            #expect(try await tested.books.code(new.code.hash) == nil)
            #expect(try await tested.books.history(of: account.id, limit: 9).count == 1)
            let data = try await tested.books.acknowledgedData(account: account.id, portalID: "shop", agreed: false)
            #expect(data == [])
            #expect(try await tested.events() == ["account-added", "signed-in", "session-ended"])
        },
        BookClaim("a code redeems once, and a second use ends the grant and its family") { tested in
            let account = try await tested.add()
            let grant = BooksUnderTest.grant(account, try await tested.signIn(account))
            let family = BooksUnderTest.family(of: grant)
            let code = try await tested.open(grant)
            #expect(
                try await tested.redeem(code, family: family) == .redeemed(LiveGrant(grant: grant, account: account)))
            #expect(try await tested.isLive(grant))
            #expect(
                try await tested.redeem(code, family: BooksUnderTest.family(of: grant), at: BooksUnderTest.after(3000))
                    == .replayed)
            #expect(try await tested.redeem(code, at: BooksUnderTest.after(3001)) == .replayed)
            #expect(try await !tested.isLive(grant))
            #expect(try await tested.refresh(family) == .dead)
            #expect(try await tested.books.family(family.id)?.grant.endedAt == BooksUnderTest.after(3000))
            #expect(
                try await tested.events() == [
                    "account-added", "signed-in", "code-issued", "token-issued", "code-replayed", "token-refused",
                ])
        },
        BookClaim("a code that is late, unknown or of a dead grant redeems nothing") { tested in
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            let late = try await tested.open(BooksUnderTest.grant(account, session))
            #expect(try await tested.redeem(late, at: BooksUnderTest.after(60)) == .dead)
            #expect(try await tested.books.code(late.hash)?.isSpent == false)
            let ended = BooksUnderTest.grant(account, session)
            let code = try await tested.open(ended)
            #expect(try await tested.books.end(ended.id, at: BooksUnderTest.after(1), entries: []))
            #expect(try await tested.redeem(code) == .dead)
            let unknown = try BooksUnderTest.newGrant(BooksUnderTest.grant(account, session)).code
            #expect(try await tested.redeem(unknown) == .dead)
            guard case .redeemed = try await tested.redeem(late, at: BooksUnderTest.after(59)) else {
                Issue.record("a code is not good to its last second")
                return
            }
        },
        BookClaim("a grant ends once") { tested in
            let account = try await tested.add()
            let (grant, family) = try await tested.granted(account, try await tested.signIn(account))
            let entries = [BooksUnderTest.entry(.tokenRevoked)]
            let at = BooksUnderTest.after(11)
            #expect(try await tested.isLive(grant))
            #expect(try await tested.books.end(grant.id, at: at, entries: entries))
            #expect(try await !tested.isLive(grant))
            #expect(try await !tested.books.end(grant.id, at: at, entries: entries))
            let unknown = Identifier<Grant>(from: BooksUnderTest.randomness)
            #expect(try await !tested.books.end(unknown, at: at, entries: entries))
            #expect(try await tested.books.family(family.id)?.grant.endedAt == at)
            #expect(try await tested.events().filter { $0 == "token-revoked" }.count == 1)
        },
        BookClaim("one access token is revoked without its grant") { tested in
            let account = try await tested.add()
            let (grant, _) = try await tested.granted(account, try await tested.signIn(account))
            let entries = [BooksUnderTest.entry(.tokenRevoked)]
            let (books, until) = (tested.books, BooksUnderTest.after(600))
            #expect(try await !books.isRevoked(token: "one"))
            #expect(try await books.live(grant.id, token: "one", at: BooksUnderTest.after(20)) != nil)
            #expect(try await books.revoke(token: "one", until: until, entries: entries))
            #expect(try await !books.revoke(token: "one", until: until, entries: entries))
            #expect(try await books.isRevoked(token: "one"))
            #expect(try await books.live(grant.id, token: "one", at: BooksUnderTest.after(20)) == nil)
            #expect(try await books.live(grant.id, token: "two", at: BooksUnderTest.after(20)) != nil)
            #expect(try await tested.events().filter { $0 == "token-revoked" }.count == 1)
        },
    ]

    static let refreshing = [
        BookClaim("a refresh family reads back as it began") { tested in
            let account = try await tested.add()
            let (grant, family) = try await tested.granted(account, try await tested.signIn(account))
            #expect(try await tested.books.family(family.id) == FamilyRecord(family: family, grant: grant))
            let unknown = BooksUnderTest.family(of: grant)
            #expect(try await tested.books.family(unknown.id) == nil)
            #expect(try await tested.refresh(unknown) == .dead)
        },
        BookClaim("a rotating token gets its successor, and the same again within the grace") { tested in
            let account = try await tested.add()
            let (grant, family) = try await tested.granted(account, try await tested.signIn(account))
            let live = LiveGrant(grant: grant, account: account)
            #expect(try await tested.refresh(family, at: BooksUnderTest.after(20)) == .refreshed(live, generation: 2))
            #expect(try await tested.refresh(family, at: BooksUnderTest.after(30)) == .refreshed(live, generation: 2))
            #expect(
                try await tested.refresh(family, 2, at: BooksUnderTest.after(31)) == .refreshed(live, generation: 3))
            let stored = try await tested.books.family(family.id)?.family
            #expect(stored?.generation == 3 && stored?.rotatedAt == BooksUnderTest.after(31))
            #expect(stored?.idleUntil == BooksUnderTest.after(3031))
            #expect(try await tested.refresh(family, 5) == .dead)
            #expect(try await tested.isLive(grant))
        },
        BookClaim("an old generation outside the grace ends family and grant") { tested in
            let account = try await tested.add()
            let (grant, family) = try await tested.granted(account, try await tested.signIn(account))
            _ = try await tested.refresh(family, at: BooksUnderTest.after(20))
            let late = Instant(millisecondsSinceEpoch: BooksUnderTest.after(30).millisecondsSinceEpoch + 1)
            #expect(try await tested.refresh(family, at: late) == .replayed)
            #expect(try await tested.refresh(family, 2, at: late) == .dead)
            #expect(try await !tested.isLive(grant))
            #expect(try await tested.books.family(family.id)?.family.endedAt == late)
            #expect(
                try await Array(tested.events().suffix(3)) == ["token-refreshed", "refresh-replayed", "token-refused"])
        },
        BookClaim("a generation before the predecessor has no grace") { tested in
            let account = try await tested.add()
            let (grant, family) = try await tested.granted(account, try await tested.signIn(account))
            _ = try await tested.refresh(family)
            _ = try await tested.refresh(family, 2)
            #expect(try await tested.refresh(family) == .replayed)
            #expect(try await !tested.isLive(grant))
        },
        BookClaim("a kept token stays the same generation, within its limits") { tested in
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            let (grant, family) = try await tested.granted(account, session, isOffline: true)
            let live = LiveGrant(grant: grant, account: account)
            for at: Int64 in [20, 2900, 5800, 5999] {
                let outcome = try await tested.refresh(family, rotates: false, at: BooksUnderTest.after(at))
                #expect(outcome == .refreshed(live, generation: 1), "\(at)")
            }
            let stored = try await tested.books.family(family.id)?.family
            #expect(stored?.idleUntil == BooksUnderTest.after(6000) && stored?.rotatedAt == family.rotatedAt)
            #expect(try await tested.refresh(family, rotates: false, at: BooksUnderTest.after(6000)) == .dead)
        },
        BookClaim("a kept token's idle limit follows its use to a thousandth of the time it gives") { tested in
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            let (_, family) = try await tested.granted(account, session, isOffline: true)
            for at: Int64 in [20, 22, 25, 26, 29] {
                _ = try await tested.refresh(family, rotates: false, at: BooksUnderTest.after(at))
                let limit = try #require(try await tested.books.family(family.id)?.family.idleUntil)
                #expect(limit >= BooksUnderTest.after(at + 2997) && limit <= BooksUnderTest.after(at + 3000), "\(at)")
            }
        },
        BookClaim("a family that nobody used is over at its idle limit") { tested in
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            let (_, family) = try await tested.granted(account, session, isOffline: true)
            #expect(try await tested.refresh(family, at: BooksUnderTest.after(3000)) == .dead)
            guard case .refreshed = try await tested.refresh(family, at: BooksUnderTest.after(2999)) else {
                Issue.record("a family is not good to its last second")
                return
            }
        },
        BookClaim("a refresh keeps the session of an online grant alive, and dies with it") { tested in
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            let (_, family) = try await tested.granted(account, session)
            _ = try await tested.refresh(family, at: BooksUnderTest.after(1000))
            let found = try await tested.books.session(
                secretHash: session.secretHash, at: BooksUnderTest.after(2799))?.session
            #expect(found?.idleUntil == BooksUnderTest.after(2800) && found?.lastSeenAt == BooksUnderTest.after(1000))
            #expect(try await tested.refresh(family, 2, at: BooksUnderTest.after(2800)) == .dead)
        },
    ]
}
