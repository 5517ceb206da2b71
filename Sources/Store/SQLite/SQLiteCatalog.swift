/// Questions about the schema, for which SQLite has words of its own.
enum SQLiteCatalog {
    static func hasTable(_ name: String, _ connection: any SQLConnection) throws(StoreFault) -> Bool {
        try connection.row("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [.text(name)]) != nil
    }

    static func isEmpty(_ connection: any SQLConnection) throws(StoreFault) -> Bool {
        try connection.row("SELECT 1 FROM sqlite_master") == nil
    }
}
