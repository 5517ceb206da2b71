/// Questions about the schema and the file, for which SQLite has words of its own.
enum SQLiteCatalog {
    static func hasTable(_ name: String, _ connection: any SQLConnection) throws(StoreFault) -> Bool {
        try connection.row("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [.text(name)]) != nil
    }

    static func isEmpty(_ connection: any SQLConnection) throws(StoreFault) -> Bool {
        try connection.row("SELECT 1 FROM sqlite_master") == nil
    }

    /// A number that moves when another connection commits, and not when this one does.
    static func dataVersion(_ connection: any SQLConnection) throws(StoreFault) -> Int {
        guard let row = try connection.row("PRAGMA data_version") else { throw .failed("there is no data version") }
        return try row.number(0)
    }
}
