import Primitives

/// One numbered step of the schema. A published step is never changed.
struct Migration: Sendable {
    let version: Int
    let statements: [String]

    /// The newest version this program knows.
    static var known: Int { all.last?.version ?? 0 }

    /// Refuses a database of a newer program and a file of something else, before anything is written.
    static func accept(_ connection: any SQLConnection, mode: StoreMode) throws(StoreFault) {
        guard try SQLiteCatalog.hasTable("schema_migration", connection) else {
            // An empty file is a database to be; one with other tables is another program's.
            guard mode == .readWrite, try SQLiteCatalog.isEmpty(connection) else {
                throw .notADatabase
            }
            return
        }
        let found = try version(of: connection)
        guard found <= known else { throw .newerSchema(found: found, known: known) }
        // A reader cannot migrate, and the queries are written for the newest schema.
        if mode == .readOnly, found < known { throw .readOnly }
    }

    /// Brings the schema to the newest version, in one transaction; takes no lock when it is there already.
    static func run(on connection: any SQLConnection, at instant: Instant) throws {
        if try SQLiteCatalog.hasTable("schema_migration", connection), try version(of: connection) == known { return }
        try connection.transaction {
            try connection.execute(
                "CREATE TABLE IF NOT EXISTS schema_migration (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL)"
            )
            let found = try version(of: connection)
            guard found <= known else { throw StoreFault.newerSchema(found: found, known: known) }
            for migration in all where migration.version > found {
                for statement in migration.statements { try connection.execute(statement) }
                try connection.execute(
                    "INSERT INTO schema_migration (version, applied_at) VALUES (?, ?)",
                    [SQLValue(migration.version), SQLValue(instant)])
            }
        }
    }

    private static func version(of connection: any SQLConnection) throws(StoreFault) -> Int {
        try connection.row("SELECT COALESCE(MAX(version), 0) FROM schema_migration")?.number(0) ?? 0
    }
}
