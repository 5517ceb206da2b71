import GRDB
import GRDBSQLite

/// A connection behind the seam: opened and guarded by GRDB, while statements run on SQLite itself. GRDB's own
/// statements cost three times as much, and a token needs ten of them.
@safe struct SQLiteConnection: SQLConnection {
    private let database: OpaquePointer?
    private let statements: SQLiteStatements

    init(_ database: Database, _ statements: SQLiteStatements) {
        unsafe (self.database, self.statements) = (database.sqliteConnection, statements)
    }

    var changes: Int { unsafe database.map { unsafe Int(sqlite3_changes($0)) } ?? 0 }
    var isInTransaction: Bool { unsafe database.map { unsafe sqlite3_get_autocommit($0) == 0 } ?? false }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws(StoreFault) {
        try statement(sql).run(arguments) { _ in }
    }

    func rows(_ sql: String, _ arguments: [SQLValue]) throws(StoreFault) -> [SQLRow] {
        var rows: [SQLRow] = []
        try statement(sql).run(arguments) { rows.append(SQLRow($0.values())) }
        return rows
    }

    private func statement(_ sql: String) throws(StoreFault) -> SQLiteStatement {
        guard let database = unsafe database else { throw .failed("the database is closed") }
        return try unsafe statements.statement(sql, on: database)
    }

    /// Runs `body` on one unchanging view.
    func view<T>(_ body: (any SQLConnection) throws -> T) throws -> T {
        try execute("BEGIN")
        do {
            let result = try body(self)
            try execute("COMMIT")
            return result
        } catch {
            if isInTransaction { try? execute("ROLLBACK") }
            throw error
        }
    }
}
