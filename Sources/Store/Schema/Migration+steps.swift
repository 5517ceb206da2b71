extension Migration {
    /// All steps, oldest first.
    static let all = [
        Migration(version: 1, statements: licenses + statusLists + auditLog),
        Migration(version: 2, statements: signOn),
        Migration(version: 3, statements: deviceOrigins),
    ]

    private static let licenses = [
        """
        CREATE TABLE license (
            number TEXT PRIMARY KEY,
            type_id TEXT NOT NULL,
            type_code TEXT NOT NULL,
            department_id TEXT NOT NULL,
            issuer_code TEXT NOT NULL,
            serial TEXT NOT NULL,
            version INTEGER NOT NULL,
            state TEXT NOT NULL,
            intent_id BLOB NOT NULL UNIQUE,
            sealed_application BLOB NOT NULL,
            valid_from TEXT NOT NULL,
            valid_until TEXT,
            reserved_at INTEGER NOT NULL,
            issued_at INTEGER,
            status_list INTEGER NOT NULL,
            status_index INTEGER NOT NULL,
            previous TEXT REFERENCES license (number),
            next TEXT REFERENCES license (number),
            idempotency_key BLOB UNIQUE,
            request_digest BLOB,
            owner BLOB NOT NULL,
            UNIQUE (status_list, status_index),
            UNIQUE (type_code, issuer_code, serial, version)
        )
        """,
        "CREATE INDEX license_by_state ON license (state, status_list)",
        "CREATE INDEX license_by_previous ON license (previous)",
        "CREATE INDEX license_by_next ON license (next)",
        """
        CREATE TABLE license_holder (
            lookup BLOB NOT NULL,
            number TEXT NOT NULL REFERENCES license (number),
            PRIMARY KEY (lookup, number)
        )
        """,
        """
        CREATE TABLE license_document (
            number TEXT NOT NULL REFERENCES license (number),
            format TEXT NOT NULL,
            sealed BLOB NOT NULL,
            digest BLOB NOT NULL,
            PRIMARY KEY (number, format)
        )
        """,
        """
        CREATE TABLE license_history (
            number TEXT NOT NULL REFERENCES license (number),
            step INTEGER NOT NULL,
            at INTEGER NOT NULL,
            state TEXT NOT NULL,
            reason BLOB,
            actor TEXT NOT NULL,
            PRIMARY KEY (number, step)
        )
        """,
        """
        CREATE TABLE serial_counter (
            type_code TEXT NOT NULL,
            issuer_code TEXT NOT NULL,
            next INTEGER NOT NULL,
            PRIMARY KEY (type_code, issuer_code)
        )
        """,
    ]

    private static let statusLists = [
        """
        CREATE TABLE status_list (
            list INTEGER PRIMARY KEY,
            department_id TEXT NOT NULL,
            capacity INTEGER NOT NULL,
            used INTEGER NOT NULL,
            version INTEGER NOT NULL
        )
        """,
        "CREATE INDEX status_list_by_department ON status_list (department_id)",
    ]

    private static let auditLog = [
        "CREATE TABLE audit_leaf (seq INTEGER PRIMARY KEY, leaf BLOB NOT NULL)",
        "CREATE TABLE audit_body (seq INTEGER PRIMARY KEY, sealed BLOB NOT NULL)",
        "CREATE TABLE audit_frontier (id INTEGER PRIMARY KEY, frontier BLOB NOT NULL)",
        "CREATE TABLE audit_checkpoint (size INTEGER PRIMARY KEY, root BLOB NOT NULL, note BLOB NOT NULL)",
        "CREATE TABLE audit_pseudonym (lookup BLOB PRIMARY KEY, pseudonym BLOB NOT NULL)",
    ]
}
