import Foundation
import GRDB

/// A GRDB connection behind the seam.
struct SQLiteConnection: SQLConnection {
    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    var changes: Int { database.changesCount }
    var isInTransaction: Bool { database.isInsideTransaction }

    func execute(_ sql: String, _ arguments: [SQLValue]) throws(StoreFault) {
        do {
            try prepared(sql, arguments).execute()
        } catch {
            throw StoreFault(sqlite: error)
        }
    }

    func rows(_ sql: String, _ arguments: [SQLValue]) throws(StoreFault) -> [SQLRow] {
        do {
            let cursor = try Row.fetchCursor(try prepared(sql, arguments))
            var rows: [SQLRow] = []
            while let row = try cursor.next() {
                rows.append(SQLRow(row.databaseValues.map(SQLValue.init)))
            }
            return rows
        } catch {
            throw StoreFault(sqlite: error)
        }
    }

    private func prepared(_ sql: String, _ arguments: [SQLValue]) throws -> Statement {
        let statement = try database.cachedStatement(sql: sql)
        statement.setUncheckedArguments(StatementArguments(arguments.map(\.databaseValue)))
        return statement
    }
}

extension SQLValue {
    fileprivate init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let number): self = .integer(number)
        // No column holds one; as text it fails where a number is read.
        case .double(let number): self = .text(String(number))
        case .string(let text): self = .text(text)
        case .blob(let data): self = .blob(Array(data))
        }
    }

    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .integer(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .blob(let bytes): Data(bytes).databaseValue
        case .null: .null
        }
    }
}
