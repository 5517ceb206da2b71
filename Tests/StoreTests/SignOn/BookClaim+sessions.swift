import Audit
import Identity
import Primitives
import Testing

extension BookClaim {
    static let sessions = [
        BookClaim("a session is found by its secret with its account, until a limit") { tested in
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            let books = tested.books
            let live = LiveSession(session: session, account: account)
            #expect(try await books.session(secretHash: session.secretHash, at: BooksUnderTest.start) == live)
            #expect(try await books.session(secretHash: session.secretHash, at: BooksUnderTest.after(1799)) == live)
            #expect(try await books.session(secretHash: session.secretHash, at: BooksUnderTest.after(1800)) == nil)
            #expect(try await books.session(secretHash: try BooksUnderTest.digest(), at: BooksUnderTest.start) == nil)
        },
        BookClaim("a session of an unknown account is not opened") { tested in
            let account = BooksUnderTest.account()
            let session = try BooksUnderTest.session(of: account)
            let entries = [BooksUnderTest.entry(.signedIn)]
            #expect(try await !tested.books.open(session, history: BooksUnderTest.line(account), entries: entries))
            #expect(try await tested.events() == [])
        },
        BookClaim(
            "touching moves the idle limit forwards, to no longer life than the absolute limit, and revives nothing"
        ) {
            tested in
            let session = try await tested.signIn(try await tested.add())
            let books = tested.books
            func find(_ at: Int64) async throws -> Session? {
                let found = try await books.session(secretHash: session.secretHash, at: BooksUnderTest.after(at))
                return found?.session
            }
            try await books.touch(
                session.id, idleUntil: BooksUnderTest.after(1000),
                at: Instant(millisecondsSinceEpoch: BooksUnderTest.start.millisecondsSinceEpoch + 100_001))
            #expect(
                try await find(1799)?.lastSeenAt.millisecondsSinceEpoch == BooksUnderTest.start.millisecondsSinceEpoch
                    + 100_001)
            try await books.touch(session.id, idleUntil: BooksUnderTest.after(5000), at: BooksUnderTest.after(200))
            #expect(try await find(3599)?.idleUntil == BooksUnderTest.after(5000))
            #expect(try await find(3600) == nil)
            try await books.touch(session.id, idleUntil: BooksUnderTest.after(9000), at: BooksUnderTest.after(3600))
            #expect(try await find(3599)?.idleUntil == BooksUnderTest.after(5000))
        },
        BookClaim("a session takes a new secret only from its present one") { tested in
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            let (new, other) = (try BooksUnderTest.digest(), try BooksUnderTest.digest())
            let books = tested.books
            let level = AuthenticationLevel(acr: .substantial, amr: ["pwd", "otp", "mfa"], at: BooksUnderTest.after(5))
            func rotate(from old: Digest, to new: Digest, at: Int64 = 60) async throws -> Bool {
                try await books.rotate(
                    session.id, from: old, to: new, level: level, idleUntil: BooksUnderTest.after(at + 1800),
                    at: BooksUnderTest.after(at), history: BooksUnderTest.line(account, at: BooksUnderTest.after(at)),
                    entries: [BooksUnderTest.entry(.secondFactorPassed)])
            }
            #expect(try await !rotate(from: other, to: new))
            #expect(try await rotate(from: session.secretHash, to: new))
            #expect(try await !rotate(from: session.secretHash, to: other))
            #expect(try await books.session(secretHash: session.secretHash, at: BooksUnderTest.after(61)) == nil)
            let live = try await books.session(secretHash: new, at: BooksUnderTest.after(61))?.session
            #expect(live?.level == level && live?.id == session.id)
            #expect(live?.idleUntil == BooksUnderTest.after(1860) && live?.lastSeenAt == BooksUnderTest.after(60))
            #expect(try await !rotate(from: new, to: other, at: 3600))
            #expect(try await books.history(of: account.id, limit: 9).count == 2)
            #expect(try await tested.events() == ["account-added", "signed-in", "second-factor-passed"])
        },
        BookClaim("live sessions are listed latest first, with each portal once") { tested in
            let account = try await tested.add()
            let first = try await tested.signIn(account)
            let second = try await tested.signIn(account, at: BooksUnderTest.after(10))
            _ = try await tested.signIn(try await tested.add(login: "other"))
            for at: Int64 in [20, 30] {
                _ = try await tested.open(BooksUnderTest.grant(account, first, at: BooksUnderTest.after(at)))
            }
            _ = try await tested.open(
                BooksUnderTest.grant(account, first, portal: "bank", at: BooksUnderTest.after(25)))
            let sessions = try await tested.books.sessions(of: account.id, at: BooksUnderTest.after(40))
            #expect(sessions.map(\.session.id) == [second.id, first.id])
            #expect(sessions.first?.reached == [])
            #expect(
                sessions.last?.reached == [
                    ReachedPortal(portalID: "bank", subject: "subject at bank", at: BooksUnderTest.after(25)),
                    ReachedPortal(portalID: "shop", subject: "subject at shop", at: BooksUnderTest.after(30)),
                ])
            let later = try await tested.books.sessions(of: account.id, at: BooksUnderTest.after(1830))
            #expect(later.map(\.session.id) == [])
        },
        BookClaim("the end of a session ends its grants but the offline ones, and tells the portals once") { tested in
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            let other = try await tested.signIn(account)
            let (grant, family) = try await tested.granted(account, session)
            let (offline, offlineFamily) = try await tested.granted(account, session, isOffline: true, portal: "bank")
            let (kept, _) = try await tested.granted(account, other)
            let code = try await tested.open(BooksUnderTest.grant(account, session))
            let ended = try await tested.end(.one(session.id))
            #expect(ended.map(\.session.id) == [session.id])
            #expect(ended.first?.reached.map(\.portalID) == ["bank", "shop"])
            #expect(try await tested.end(.one(session.id)) == [])
            #expect(try await !tested.isLive(grant))
            #expect(try await tested.redeem(code, at: BooksUnderTest.after(31)) == .dead)
            #expect(try await tested.refresh(family, at: BooksUnderTest.after(31)) == .dead)
            #expect(try await tested.isLive(offline))
            guard case .refreshed = try await tested.refresh(offlineFamily, at: BooksUnderTest.after(31)) else {
                Issue.record("an offline grant does not outlive its session")
                return
            }
            #expect(try await tested.isLive(kept))
            #expect(try await tested.books.due(at: BooksUnderTest.after(30), limit: 9, excluding: []).count == 2)
            #expect(try await tested.events().filter { $0 == "session-ended" }.count == 1)
        },
        BookClaim("ending all ends every grant of the account, and of no other") { tested in
            let account = try await tested.add()
            let (first, second) = (try await tested.signIn(account), try await tested.signIn(account))
            let other = try await tested.add(login: "other")
            let (kept, _) = try await tested.granted(other, try await tested.signIn(other))
            let (grant, _) = try await tested.granted(account, first)
            let (offline, family) = try await tested.granted(account, second, isOffline: true)
            #expect(try await Set(tested.end(.all(of: account.id)).map(\.session.id)) == [first.id, second.id])
            #expect(try await tested.end(.all(of: account.id)) == [])
            for grant in [grant, offline] { #expect(try await !tested.isLive(grant)) }
            #expect(try await tested.refresh(family, at: BooksUnderTest.after(31)) == .dead)
            #expect(try await tested.isLive(kept))
        },
    ]
}
