import Identity
import Primitives
import Synchronization
import Testing

@Suite struct DeliverLogoutsTests {
    private let desk = TestDesk()

    /// `tax` does not answer until it is let, once it has fallen ill.
    private final class SlowPosting: LogoutPosting {
        private struct Seen {
            var (answered, waiting, mostWaiting) = (0, 0, 0)
            var isLet = false
            var isIll = true
        }

        private let seen = Mutex(Seen())

        var answered: Int { seen.withLock { $0.answered } }
        var mostWaiting: Int { seen.withLock { $0.mostWaiting } }

        func letAnswer() { seen.withLock { $0.isLet = true } }
        func fallIll(_ isIll: Bool) { seen.withLock { $0.isIll = isIll } }

        func post(logoutToken: String, to uri: String) async -> String? {
            guard uri.contains("tax"), seen.withLock({ $0.isIll }) else {
                seen.withLock { $0.answered += 1 }
                return nil
            }
            seen.withLock { seen in
                seen.waiting += 1
                seen.mostWaiting = max(seen.mostWaiting, seen.waiting)
            }
            while !Task.isCancelled, !seen.withLock({ $0.isLet }) { try? await Task.sleep(for: .milliseconds(5)) }
            seen.withLock { $0.waiting -= 1 }
            return "no answer in time"
        }
    }

    private func owe(_ portalID: String, _ count: Int, attempts: Int = 0, on desk: TestDesk? = nil) {
        let desk = desk ?? self.desk
        let now = desk.clock.now()
        let notices = (0..<count).map { _ in
            LogoutNotice(
                id: Identifier(from: desk.signOn.randomness), portalID: portalID, subject: "s",
                sessionID: Identifier(from: desk.signOn.randomness), createdAt: now, attempts: attempts,
                nextAttemptAt: now)
        }
        desk.books.step { $0.notices += notices }
    }

    private func left(_ portalID: String) -> [LogoutNotice] {
        desk.books.step { $0.notices.filter { $0.portalID == portalID } }
    }

    @Test(.timeLimit(.minutes(3)))
    func `a portal that does not answer keeps no other waiting, and gets one notice at once`() async throws {
        owe("tax", 200)
        owe("citizen", 300)
        let posting = SlowPosting()
        let delivery = Task { try await DeliverLogouts(desk.signOn, posting: posting).deliverDue() }
        while !left("citizen").isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        #expect(left("tax").allSatisfy { $0.attempts == 0 } && posting.answered == 300)
        // What becomes due meanwhile is delivered too.
        owe("citizen", 1)
        while !left("citizen").isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        posting.letAnswer()
        #expect(try await delivery.value == 501)
        #expect(posting.mostWaiting == 1)
        #expect(left("tax").count == 200 && left("tax").allSatisfy { $0.attempts == 1 })
    }

    @Test(.timeLimit(.minutes(3))) func `a service that stops begins no more attempts`() async throws {
        owe("tax", 20)
        let posting = SlowPosting()
        let delivery = Task { try await DeliverLogouts(desk.signOn, posting: posting).deliverDue() }
        while posting.mostWaiting < 1 { try await Task.sleep(for: .milliseconds(5)) }
        delivery.cancel()
        #expect(try await delivery.value == 1)
    }

    @Test(.timeLimit(.minutes(3)), arguments: [(16, true), (40, true), (16, false), (80, false)])
    func `portals that all stop answering at once keep no other waiting for long`(
        dead: Int, wereWell: Bool
    ) async throws {
        let desk = TestDesk(portals: DeliverLogoutsTests.portals(dead: dead))
        let posting = SlowPosting()
        let delivery = DeliverLogouts(desk.signOn, posting: posting)
        let names = (0..<dead).map { "tax-\($0)" }
        if wereWell {
            posting.fallIll(false)
            for name in names { owe(name, 1, on: desk) }
            #expect(try await delivery.deliverDue() == dead)
        }
        posting.fallIll(true)
        let before = posting.answered
        for name in names { owe(name, 8, on: desk) }
        owe("citizen", 8, on: desk)
        let work = Task { try await delivery.deliverDue() }
        // The dead ones never answer by themselves.
        while posting.answered < before + 8 { try await Task.sleep(for: .milliseconds(5)) }
        posting.letAnswer()
        #expect(try await work.value == dead * 8 + 8)
    }

    @Test(.timeLimit(.minutes(3))) func `portals that failed lately get a part of the places only`() async throws {
        let dead = 40
        let desk = TestDesk(portals: DeliverLogoutsTests.portals(dead: dead))
        for number in 0..<dead { owe("tax-\(number)", 8, attempts: 1, on: desk) }
        let posting = SlowPosting()
        let delivery = Task { try await DeliverLogouts(desk.signOn, posting: posting).deliverDue() }
        while posting.mostWaiting < 16 { try await Task.sleep(for: .milliseconds(5)) }
        owe("citizen", 100, on: desk)
        while posting.answered < 100 { try await Task.sleep(for: .milliseconds(5)) }
        #expect(posting.mostWaiting == 16)
        posting.letAnswer()
        #expect(try await delivery.value == dead * 8 + 100)
    }

    /// `citizen`, and as many that do not answer.
    private static func portals(dead: Int) -> [Portal] {
        let addresses = ["citizen"] + (0..<dead).map { "tax-\($0)" }
        return addresses.map { TestDesk.portal($0, sector: "commerce", scopes: ["openid"]) }
    }
}
