import Audit
import Identity
import Primitives
import Testing

/// A proof is spent in the transaction that spends what it goes with, and only there.
extension BookClaim {
    static let proofs = [
        BookClaim("a code redeems with a proof of its own, and one spent before leaves it as it is") { tested in
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            let proof = try BooksUnderTest.proof()
            let first = try await tested.open(BooksUnderTest.grant(account, session))
            let grant = BooksUnderTest.grant(account, session)
            let (second, family) = (try await tested.open(grant), BooksUnderTest.family(of: grant))
            guard case .redeemed = try await tested.redeem(first, proof: proof) else {
                Issue.record("not redeemed")
                return
            }
            let before = try await tested.events()
            await #expect(throws: AlreadySpent.self) {
                _ = try await tested.redeem(second, family: family, proof: proof)
            }
            #expect(try await tested.events() == before)
            #expect(try await tested.books.family(family.id) == nil)
            guard case .redeemed = try await tested.redeem(second, family: family, proof: BooksUnderTest.proof()) else {
                Issue.record("not redeemed")
                return
            }
        },
        BookClaim("a code used twice ends its grant though the proof is spent, and spends none") { tested in
            let account = try await tested.add()
            let grant = BooksUnderTest.grant(account, try await tested.signIn(account))
            let code = try await tested.open(grant)
            let (proof, other) = (try BooksUnderTest.proof(), try BooksUnderTest.proof())
            _ = try await tested.redeem(code, proof: proof)
            #expect(try await tested.redeem(code, proof: proof) == .replayed)
            #expect(try await !tested.isLive(grant))
            #expect(try await tested.redeem(code, proof: other) == .replayed)
            #expect(try await !tested.isSpent(other))
        },
        BookClaim("a refresh token is used with a proof of its own, inside the grace too") { tested in
            let account = try await tested.add()
            let family = try await tested.granted(account, try await tested.signIn(account)).family
            let (proof, other) = (try BooksUnderTest.proof(), try BooksUnderTest.proof())
            guard case .refreshed(_, generation: 2) = try await tested.refresh(family, proof: proof) else {
                Issue.record("not refreshed")
                return
            }
            let before = try await tested.events()
            for generation in [1, 2] {
                await #expect(throws: AlreadySpent.self) {
                    _ = try await tested.refresh(family, generation, proof: proof)
                }
            }
            #expect(try await tested.events() == before)
            #expect(try await tested.books.family(family.id)?.family.generation == 2)
            guard case .refreshed(_, generation: 2) = try await tested.refresh(family, proof: other) else {
                Issue.record("no grace")
                return
            }
            #expect(try await tested.isSpent(other))
        },
        BookClaim("a refresh token that is too old ends its family, whatever proof comes with it") { tested in
            let account = try await tested.add()
            let (grant, family) = try await tested.granted(account, try await tested.signIn(account))
            let proof = try BooksUnderTest.proof()
            _ = try await tested.refresh(family, proof: proof)
            #expect(try await tested.refresh(family, proof: proof, at: BooksUnderTest.after(31)) == .replayed)
            #expect(try await !tested.isLive(grant))
        },
        BookClaim("a use of a refresh token that is refused when it is written down changes nothing") { tested in
            struct Refused: Error {}
            let account = try await tested.add()
            let family = try await tested.granted(account, try await tested.signIn(account)).family
            let (proof, at) = (try BooksUnderTest.proof(), BooksUnderTest.after(20))
            let use = RefreshUse(
                family: family.id, generation: 1, rotates: true, grace: 10, at: at, idleUntil: at.adding(seconds: 3000),
                sessionIdleUntil: at.adding(seconds: 1800), proof: proof)
            let before = try await tested.events()
            await #expect(throws: Refused.self) { _ = try await tested.books.refresh(use) { _ in throw Refused() } }
            #expect(try await tested.events() == before)
            #expect(try await tested.books.family(family.id)?.family == family)
            #expect(try await !tested.isSpent(proof))
        },
        BookClaim("what is dead spends no proof") { tested in
            let account = try await tested.add()
            let session = try await tested.signIn(account)
            let (grant, family) = try await tested.granted(account, session)
            let late = try await tested.open(BooksUnderTest.grant(account, session))
            let proof = try BooksUnderTest.proof()
            #expect(try await tested.redeem(late, proof: proof, at: BooksUnderTest.after(60)) == .dead)
            _ = try await tested.books.end(grant.id, at: BooksUnderTest.after(15), entries: [])
            #expect(try await tested.refresh(family, proof: proof) == .dead)
            #expect(try await !tested.isSpent(proof))
        },
        BookClaim("an allowed device redeems with a proof of its own, and not what is refused") { tested in
            struct Refused: Error {}
            let account = try await tested.add()
            let request = try BooksUnderTest.device()
            #expect(try await tested.start(request))
            let grant = BooksUnderTest.grant(account, try await tested.signIn(account), portal: "tv")
            #expect(try await tested.allow(request, grant, account))
            let (spent, proof) = (try BooksUnderTest.proof(), try BooksUnderTest.proof())
            #expect(try await !tested.isSpent(spent))
            let before = try await tested.events()
            await #expect(throws: AlreadySpent.self) { _ = try await tested.poll(request, at: 22, proof: spent) }
            await #expect(throws: Refused.self) {
                _ = try await tested.poll(request, at: 28, proof: proof, refusal: Refused())
            }
            #expect(try await tested.events() == before)
            let live = LiveGrant(grant: grant, account: account)
            #expect(try await tested.poll(request, at: 34, proof: proof) == .redeemed(live))
            #expect(try await tested.isSpent(proof))
        },
    ]
}
