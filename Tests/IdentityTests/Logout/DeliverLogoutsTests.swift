import Identity
import Primitives
import Synchronization
import Testing

@Suite struct DeliverLogoutsTests {
    private let desk = TestDesk()

    /// `tax` does not answer until it is let.
    private final class SlowPosting: LogoutPosting {
        private struct Seen {
            var (answered, waiting, mostWaiting) = (0, 0, 0)
            var isLet = false
        }

        private let seen = Mutex(Seen())

        var answered: Int { seen.withLock { $0.answered } }
        var mostWaiting: Int { seen.withLock { $0.mostWaiting } }

        func letAnswer() { seen.withLock { $0.isLet = true } }

        func post(logoutToken: String, to uri: String) async -> String? {
            guard uri.contains("tax") else {
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

    private func owe(_ portalID: String, _ count: Int) {
        let now = desk.clock.now()
        let notices = (0..<count).map { _ in
            LogoutNotice(
                id: Identifier(from: desk.signOn.randomness), portalID: portalID, subject: "s",
                sessionID: Identifier(from: desk.signOn.randomness), createdAt: now, nextAttemptAt: now)
        }
        desk.books.step { $0.notices += notices }
    }

    private func left(_ portalID: String) -> [LogoutNotice] {
        desk.books.step { $0.notices.filter { $0.portalID == portalID } }
    }

    @Test(.timeLimit(.minutes(1)))
    func `a portal that does not answer keeps no other waiting, and gets few notices at once`() async throws {
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
        #expect(posting.mostWaiting == 4)
        #expect(left("tax").count == 200 && left("tax").allSatisfy { $0.attempts == 1 })
    }

    @Test(.timeLimit(.minutes(1))) func `a service that stops begins no more attempts`() async throws {
        owe("tax", 20)
        let posting = SlowPosting()
        let delivery = Task { try await DeliverLogouts(desk.signOn, posting: posting).deliverDue() }
        while posting.mostWaiting < 4 { try await Task.sleep(for: .milliseconds(5)) }
        delivery.cancel()
        #expect(try await delivery.value == 4)
    }
}
