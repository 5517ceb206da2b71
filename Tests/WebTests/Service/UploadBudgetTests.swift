import Hummingbird
import Testing

@testable import Web

@Suite struct UploadBudgetTests {
    /// A body whose parts a test sends when it likes.
    private struct Sender {
        let body: RequestBody
        let parts: AsyncStream<ByteBuffer>.Continuation

        init(_ first: String = "a") {
            let (stream, parts) = AsyncStream<ByteBuffer>.makeStream()
            (body, self.parts) = (RequestBody(asyncSequence: stream), parts)
            parts.yield(ByteBuffer(string: first))
        }
    }

    private func isBusy(_ budget: UploadBudget, from sender: String, _ text: String = "b") async -> Bool {
        do {
            let body = try await budget.collect(
                RequestBody(buffer: ByteBuffer(string: text)), upTo: 100, from: sender)
            #expect(String(buffer: body) == text)
            return false
        } catch {
            #expect((error as? Problem)?.status == .serviceUnavailable, "\(error)")
            return true
        }
    }

    private func expectBusy(_ budget: UploadBudget, from sender: String, _ text: String = "b") async throws {
        for _ in 0..<1000 {
            if await isBusy(budget, from: sender, text) { return }
            try await Task.sleep(for: .milliseconds(2))
        }
        Issue.record("\(sender) is never sent away")
    }

    @Test func `one sender's slow bodies keep that sender away and nobody else, until they have come`() async throws {
        let budget = UploadBudget(limit: 4, perSender: 2)
        let slow = [Sender(), Sender()]
        try await withThrowingTaskGroup(of: String.self) { group in
            for sender in slow {
                group.addTask { String(buffer: try await budget.collect(sender.body, upTo: 100, from: "slow")) }
            }
            try await expectBusy(budget, from: "slow")
            #expect(await !isBusy(budget, from: "other"))
            for sender in slow {
                sender.parts.yield(ByteBuffer(string: "z"))
                sender.parts.finish()
            }
            for try await text in group { #expect(text == "az") }
        }
        #expect(await !isBusy(budget, from: "slow"))
    }

    @Test func `uploads and their bytes have a bound in all`() async throws {
        let budget = UploadBudget(limit: 2, perSender: 2, bytes: 10)
        let slow = [Sender("12345678"), Sender("9")]
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await budget.collect(slow[0].body, upTo: 100, from: "a") }
            try await expectBusy(budget, from: "c", "three")
            #expect(await !isBusy(budget, from: "c", "2c"))
            group.addTask { _ = try await budget.collect(slow[1].body, upTo: 100, from: "b") }
            try await expectBusy(budget, from: "c", "")
            for sender in slow { sender.parts.finish() }
            try await group.waitForAll()
        }
        #expect(await !isBusy(budget, from: "c", "1234567890"))
    }

    @Test func `a body that is too long or cut off leaves nothing behind`() async throws {
        let budget = UploadBudget(limit: 1, perSender: 1, bytes: 10)
        let long = Sender("123456")
        await #expect(throws: (any Error).self) { try await budget.collect(long.body, upTo: 5, from: "a") }
        let cut = Sender("123456")
        let task = Task { try await budget.collect(cut.body, upTo: 100, from: "a") }
        task.cancel()
        _ = await task.result
        #expect(await !isBusy(budget, from: "a", "1234567890"))
    }
}
