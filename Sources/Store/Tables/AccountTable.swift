import Identity
import Primitives

/// Accounts with what they sign in with. Who they are is sealed; logins are found by keyed hash.
enum AccountTable {
    /// Of an account, read by `record`; the table goes by `a`.
    static let columns = """
        a.id, a.kind, a.sealed, a.assurance, a.roles, a.is_disabled, a.naming_version, a.created_at, a.updated_at
        """
    static let columnCount = 9

    /// What stands in the columns, before the sealed part is opened.
    struct Row {
        let id: Identifier<Account>
        let kind: Account.Kind
        let sealed: [UInt8]
        let assurance: Assurance
        let roles: [DepartmentRole]
        let isDisabled: Bool
        let namingVersion: Int
        let createdAt: Instant
        let updatedAt: Instant
    }

    /// What a sign-in needs beside the account.
    struct Credentials {
        let passwordHash: String
        let hasOneTimePassword: Bool
        let recoveryCodesLeft: Int
    }

    /// - Parameter first: position of the first of `columns`.
    static func record(_ row: SQLRow, from first: Int = 0) throws(StoreFault) -> Row {
        var roles: [DepartmentRole] = []
        for text in try row.lines(first + 4) {
            guard let role = DepartmentRole(text) else { throw .corrupted("a role of an account is damaged") }
            roles.append(role)
        }
        return Row(
            id: try row.identifier(first), kind: try row.word(first + 1), sealed: try row.blob(first + 2),
            assurance: try row.word(first + 3), roles: roles, isDisabled: try row.flag(first + 5),
            namingVersion: try row.number(first + 6), createdAt: try row.instant(first + 7),
            updatedAt: try row.instant(first + 8))
    }

    /// - Returns: `false`, nothing having changed, when the login is taken.
    static func insert(
        _ account: Account, login: Digest, sealed: [UInt8], passwordHash: String, _ connection: any SQLConnection
    ) throws(StoreFault) -> Bool {
        try connection.execute(
            """
            INSERT INTO account (
                id, login, kind, sealed, password_hash, assurance, roles, is_disabled, naming_version, created_at,
                updated_at
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (login) DO NOTHING
            """,
            [
                SQLValue(account.id), SQLValue(login), SQLValue(account.kind.rawValue), .blob(sealed),
                SQLValue(passwordHash), SQLValue(account.assurance.rawValue),
                SQLValue(lines: account.roles.map(\.description)), SQLValue(account.isDisabled),
                SQLValue(account.namingVersion), SQLValue(account.createdAt), SQLValue(account.updatedAt),
            ])
        return connection.changes == 1
    }

    static func find(
        _ id: Identifier<Account>, _ connection: any SQLConnection
    ) throws(StoreFault) -> (Row, Credentials)? {
        try find("a.id", SQLValue(id), connection)
    }

    static func find(login: Digest, _ connection: any SQLConnection) throws(StoreFault) -> (Row, Credentials)? {
        try find("a.login", SQLValue(login), connection)
    }

    private static func find(
        _ column: String, _ value: SQLValue, _ connection: any SQLConnection
    ) throws(StoreFault) -> (Row, Credentials)? {
        let row = try connection.row(
            """
            SELECT \(columns), a.password_hash, a.totp_secret IS NOT NULL,
                (SELECT COUNT(*) FROM recovery_code WHERE recovery_code.account_id = a.id)
            FROM account a WHERE \(column) = ?
            """, [value])
        guard let row else { return nil }
        let credentials = Credentials(
            passwordHash: try row.text(9), hasOneTimePassword: try row.flag(10), recoveryCodesLeft: try row.number(11))
        return (try record(row), credentials)
    }

    /// One page by rising id.
    static func names(
        after id: Identifier<Account>?, limit: Int, _ connection: any SQLConnection
    ) throws -> [AccountName] {
        try connection.rows(
            "SELECT id, naming_version FROM account WHERE id > ? ORDER BY id LIMIT ?",
            [.blob(id?.bytes ?? []), SQLValue(limit)]
        ).map { AccountName(id: try $0.identifier(0), namingVersion: try $0.number(1)) }
    }

    /// - Parameter old: `nil` replaces any.
    static func setPassword(
        _ id: Identifier<Account>, replacing old: String?, hash: String, _ connection: any SQLConnection
    ) throws(StoreFault) -> Bool {
        if let old {
            try connection.execute(
                "UPDATE account SET password_hash = ? WHERE id = ? AND password_hash = ?",
                [SQLValue(hash), SQLValue(id), SQLValue(old)])
        } else {
            try connection.execute(
                "UPDATE account SET password_hash = ? WHERE id = ?", [SQLValue(hash), SQLValue(id)])
        }
        return connection.changes == 1
    }

    static func disable(_ id: Identifier<Account>, _ connection: any SQLConnection) throws(StoreFault) -> Bool {
        try connection.execute("UPDATE account SET is_disabled = 1 WHERE id = ? AND is_disabled = 0", [SQLValue(id)])
        return connection.changes == 1
    }
}
