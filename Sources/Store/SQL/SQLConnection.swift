/// One connection to a database, for use by one thread at a time. Statements take `?` parameters and never values.
protocol SQLConnection {
    func execute(_ sql: String, _ arguments: [SQLValue]) throws(StoreFault)
    func rows(_ sql: String, _ arguments: [SQLValue]) throws(StoreFault) -> [SQLRow]
    /// Rows that the last statement changed.
    var changes: Int { get }
    /// Rows that all statements changed so far, also those that were rolled back; a failed statement counts none.
    var totalChanges: Int { get }
    /// False also after the engine gave a transaction up by itself.
    var isInTransaction: Bool { get }
}

extension SQLConnection {
    func execute(_ sql: String) throws(StoreFault) {
        try execute(sql, [])
    }

    func rows(_ sql: String) throws(StoreFault) -> [SQLRow] {
        try rows(sql, [])
    }

    func row(_ sql: String, _ arguments: [SQLValue] = []) throws(StoreFault) -> SQLRow? {
        try rows(sql, arguments).first
    }

    /// Runs `body` between `BEGIN IMMEDIATE` and `COMMIT`; nothing stays when it throws.
    ///
    /// - Throws: what `body` throws; `StoreFault.locked` when no turn to write came in time; `StoreFault.commitFailed`
    ///   when the outcome is unknown.
    func transaction<T>(_ body: () throws -> T) throws -> T {
        try execute("BEGIN IMMEDIATE")
        do {
            let result = try body()
            do throws(StoreFault) {
                try execute("COMMIT")
            } catch .diskFull {
                // The frame that marks the commit is written last, so it was not.
                throw StoreFault.diskFull
            } catch {
                throw StoreFault.commitFailed
            }
            return result
        } catch {
            if isInTransaction { try? execute("ROLLBACK") }
            throw error
        }
    }
}
