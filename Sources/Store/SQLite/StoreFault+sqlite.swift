import GRDB

extension StoreFault {
    /// The fault behind an SQLite result code; SQLite's own message may hold values and is dropped.
    init(sqlite error: any Error) {
        guard let error = error as? DatabaseError else {
            self = error as? StoreFault ?? .failed("an unexpected error of the database library")
            return
        }
        self.init(sqliteCode: error.extendedResultCode.rawValue)
    }

    /// The fault behind a result code, extended or not.
    init(sqliteCode code: Int32) {
        switch ResultCode(rawValue: code & 0xFF) {
        case .SQLITE_FULL: self = .diskFull
        case .SQLITE_READONLY, .SQLITE_PERM: self = .readOnly
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
        case .SQLITE_NOTADB: self = .notADatabase
        case .SQLITE_CORRUPT, .SQLITE_FORMAT: self = .corrupted("the database file is damaged")
        case .SQLITE_IOERR, .SQLITE_CANTOPEN: self = .inputOutput
        default: self = .failed("SQLite result code \(code)")
        }
    }
}
