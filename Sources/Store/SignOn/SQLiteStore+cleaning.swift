package import Primitives

extension SQLiteStore {
    /// Rows of one table in one step: a few milliseconds of the writer's time.
    package static let cleaningStep = 500

    /// Deletes rows whose time is over, a step of each table, without audit entries.
    ///
    /// - Returns: whether there may be more.
    @discardableResult
    package func clean(at instant: Instant, limit: Int = SQLiteStore.cleaningStep) async throws -> Bool {
        try await write { [liveness] _, connection in
            let tokens = try Cleaning.runRevokedTokens(at: instant, limit: limit, connection)
            let rows = try Cleaning.run(at: instant, limit: limit, connection)
            return Change(max(tokens, rows) >= limit, entries: []) {
                if tokens > 0 { liveness.cleanedRevoked() }
            }
        }
    }

    /// Cleans step by step until the task is cancelled: what a service runs beside its work. A step that fails, for
    /// example because the disk is full, is tried again later.
    package func cleanWhileServing() async {
        while !Task.isCancelled {
            let hasMore = (try? await clean(at: ports.clock.now())) ?? false
            try? await Task.sleep(for: hasMore ? .milliseconds(20) : .seconds(1))
        }
    }
}
