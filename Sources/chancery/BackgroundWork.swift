import Identity
import Logging
import Store

/// What a service does beside answering: portals are told of ended sessions, and rows whose time is over are deleted.
struct BackgroundWork: Sendable {
    private static let pause = Duration.seconds(1)

    let signOn: SignOn
    let store: SQLiteStore
    let logger: Logger

    /// Works until `serving` is done.
    func run(beside serving: () async throws -> Void) async throws {
        let posting = HTTPLogoutPosting()
        let outcome = await withDiscardingTaskGroup { group in
            group.addTask { await store.cleanWhileServing() }
            group.addTask { await deliver(by: posting) }
            defer { group.cancelAll() }
            do {
                try await serving()
                return Result<Void, any Error>.success(())
            } catch {
                return .failure(error)
            }
        }
        await posting.close()
        try outcome.get()
    }

    /// A call delivers all that is due. What fails, for example because the disk is full, is tried again a second later.
    private func deliver(by posting: HTTPLogoutPosting) async {
        let delivery = DeliverLogouts(signOn, posting: posting)
        var failed = false
        while !Task.isCancelled {
            do {
                _ = try await delivery.deliverDue()
                failed = false
            } catch {
                if !failed { logger.error("logouts cannot be delivered", metadata: ["reason": "\(error)"]) }
                failed = true
            }
            try? await Task.sleep(for: Self.pause)
        }
    }
}
