import GRDBSQLite
import Primitives

/// The prepared statements of one connection, by their text. Preparing costs ten times as much as running.
///
/// `@unchecked Sendable`: used only by whoever has the connection's turn.
@safe final class SQLiteStatements: @unchecked Sendable {
    /// The program has fewer texts than this; what is not one of them cannot make the table grow for ever.
    private static let limit = 512

    private var prepared: [String: SQLiteStatement] = [:]
    /// Those used last, by where their text stands in memory: to hash a text takes as long as half a statement does. Two are
    /// compared in one step where they are one object, which texts of the program are.
    private var recent = [(text: String, statement: SQLiteStatement)?](repeating: nil, count: places)
    private static let places = 64

    /// Frees all; SQLite must not close the connection before.
    func removeAll() {
        for statement in prepared.values { statement.free() }
        prepared.removeAll()
        recent = Array(repeating: nil, count: SQLiteStatements.places)
    }

    /// The statement, reset and without values.
    func statement(_ sql: String, on database: OpaquePointer) throws(StoreFault) -> SQLiteStatement {
        let place = unsafe sql.withBytes { Int(bitPattern: $0.baseAddress) >> 4 & (SQLiteStatements.places - 1) }
        if let known = recent[place], known.text == sql { return known.statement }
        let statement = try unsafe prepare(sql, on: database)
        recent[place] = (sql, statement)
        return statement
    }

    private func prepare(_ sql: String, on database: OpaquePointer) throws(StoreFault) -> SQLiteStatement {
        if let known = prepared[sql] { return known }
        if prepared.count >= SQLiteStatements.limit { removeAll() }
        var fresh: OpaquePointer?
        var text = sql
        let code = text.withUTF8 { bytes in
            unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
                unsafe sqlite3_prepare_v3(
                    database, characters.baseAddress, Int32(clamping: characters.count),
                    UInt32(SQLITE_PREPARE_PERSISTENT), &fresh, nil)
            }
        }
        guard code == SQLITE_OK, let fresh = unsafe fresh else { throw StoreFault(sqliteCode: code) }
        let statement = unsafe SQLiteStatement(fresh)
        prepared[sql] = statement
        return statement
    }
}

/// One prepared statement while it is used.
@safe struct SQLiteStatement {
    private let pointer: OpaquePointer

    fileprivate init(_ pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    /// Not to be used any more.
    fileprivate func free() {
        unsafe sqlite3_finalize(pointer)
    }

    /// Binds the values, then hands each row to `row`; leaves the statement ready for the next use.
    func run(_ arguments: [SQLValue], row: (borrowing SQLiteStatement) -> Void) throws(StoreFault) {
        defer {
            unsafe sqlite3_reset(pointer)
            // Values of persons and secrets must not wait here for the next use.
            unsafe sqlite3_clear_bindings(pointer)
        }
        for (index, argument) in arguments.enumerated() {
            let code = bind(argument, at: Int32(clamping: index + 1))
            guard code == SQLITE_OK else { throw StoreFault(sqliteCode: code) }
        }
        while true {
            switch unsafe sqlite3_step(pointer) {
            case SQLITE_ROW: row(self)
            case SQLITE_DONE: return
            case let code: throw StoreFault(sqliteCode: code)
            }
        }
    }

    /// The columns of the current row.
    func values() -> [SQLValue] {
        unsafe (0..<sqlite3_column_count(pointer)).map(value)
    }

    private func value(at column: Int32) -> SQLValue {
        switch unsafe sqlite3_column_type(pointer, column) {
        case SQLITE_INTEGER: .integer(unsafe sqlite3_column_int64(pointer, column))
        case SQLITE_NULL: .null
        case SQLITE_BLOB:
            .blob(
                unsafe Array(UnsafeRawBufferPointer(start: sqlite3_column_blob(pointer, column), count: size(column))))
        // No column holds a floating number; as text it fails where a number is read.
        default:
            .text(
                unsafe String(
                    decoding: UnsafeRawBufferPointer(start: sqlite3_column_text(pointer, column), count: size(column)),
                    as: UTF8.self))
        }
    }

    /// Bytes of the value; asked for after the value itself, which may have been converted.
    private func size(_ column: Int32) -> Int {
        Int(unsafe sqlite3_column_bytes(pointer, column))
    }

    private func bind(_ value: SQLValue, at index: Int32) -> Int32 {
        // SQLite copies the bytes before the call returns.
        let copying = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch value {
        case .null: return unsafe sqlite3_bind_null(pointer, index)
        case .integer(let number): return unsafe sqlite3_bind_int64(pointer, index, number)
        case .blob(let bytes) where bytes.isEmpty: return unsafe sqlite3_bind_zeroblob(pointer, index, 0)
        case .blob(let bytes):
            return unsafe bytes.withUnsafeBytes { bytes in
                unsafe sqlite3_bind_blob64(pointer, index, bytes.baseAddress, UInt64(bytes.count), copying)
            }
        case .text(let text):
            return unsafe text.withBytes { bytes in
                unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
                    unsafe sqlite3_bind_text64(
                        pointer, index, characters.baseAddress, UInt64(characters.count), copying, UInt8(SQLITE_UTF8))
                }
            }
        }
    }
}
