package import Audit
package import Identity
package import Primitives

extension SQLiteStore: AccountBook {
    package func add(
        _ account: Account, login: String, passwordHash: String, entries: [AuditEntry]
    ) async throws {
        let (lookup, sealed) = (seals.lookup(login: login), try seals.seal(account, login: login))
        try await write { _, connection in
            let isNew = try AccountTable.insert(
                account, login: lookup, sealed: sealed, passwordHash: passwordHash, connection)
            guard isNew else { throw AccountRefusal.loginTaken }
            return Change((), entries: entries)
        }
    }

    package func account(_ id: Identifier<Account>) async throws -> AccountRecord? {
        try await database.read { try AccountTable.find(id, $0) }.map { try record($0, $1) }
    }

    package func account(login: String) async throws -> AccountRecord? {
        let lookup = seals.lookup(login: login)
        return try await database.read { try AccountTable.find(login: lookup, $0) }.map { try record($0, $1) }
    }

    private func record(_ row: AccountTable.Row, _ credentials: AccountTable.Credentials) throws -> AccountRecord {
        AccountRecord(
            account: try seals.account(row), passwordHash: credentials.passwordHash,
            hasOneTimePassword: credentials.hasOneTimePassword, recoveryCodesLeft: credentials.recoveryCodesLeft)
    }

    package func names(after id: Identifier<Account>?, limit: Int) async throws -> [AccountName] {
        try await database.read { try AccountTable.names(after: id, limit: limit, $0) }
    }

    package func setPassword(
        _ id: Identifier<Account>, replacing old: String?, hash: String, entries: [AuditEntry]
    ) async throws -> Bool {
        try await write { _, connection in
            .applied(try AccountTable.setPassword(id, replacing: old, hash: hash, connection), entries)
        }
    }

    package func disable(
        _ id: Identifier<Account>, at instant: Instant,
        effects: @escaping @Sendable ([EndedSession]) -> EndingEffects
    ) async throws -> [EndedSession]? {
        try await write { [seals, liveness] _, connection in
            let ending = SessionEnding(seals: seals, at: instant, connection: connection)
            let ended = try ending.live(.all(of: id))
            guard try AccountTable.disable(id, connection) else { return Change(nil, entries: []) }
            let grants = try ending.end(.all(of: id), ended)
            let effects = effects(ended)
            try ending.store(effects.notices)
            return Change(ended, entries: effects.entries) { liveness.forget(grants) }
        }
    }

    package func oneTimePasswordSecret(of id: Identifier<Account>) async throws -> Secret? {
        try await database.read { try AccountTable.sealedSecret(of: id, $0) }.map {
            try seals.openOneTimePasswordSecret($0, of: id)
        }
    }

    package func enrol(
        _ id: Identifier<Account>, secret: Secret, step: Int64, recoveryCodes: [Digest], entries: [AuditEntry]
    ) async throws -> Bool {
        let sealed = try seals.sealOneTimePasswordSecret(secret, of: id)
        return try await write { _, connection in
            guard try AccountTable.enrol(id, sealedSecret: sealed, step: step, connection) else {
                return Change(false, entries: [])
            }
            try RecoveryCodeTable.replaceAll(of: id, with: recoveryCodes, connection)
            return Change(true, entries: entries)
        }
    }

    package func spend(
        step: Int64, of id: Identifier<Account>, entries: @escaping @Sendable (Bool) -> [AuditEntry]
    ) async throws -> Bool {
        try await write { _, connection in
            let isSpent = try AccountTable.spend(step: step, of: id, connection)
            return Change(isSpent, entries: entries(isSpent))
        }
    }

    package func spend(
        recoveryCode: Digest, of id: Identifier<Account>, entries: @escaping @Sendable (Bool) -> [AuditEntry]
    ) async throws -> Bool {
        try await write { _, connection in
            let isSpent = try RecoveryCodeTable.spend(recoveryCode, of: id, connection)
            return Change(isSpent, entries: entries(isSpent))
        }
    }

    package func setRecoveryCodes(_ id: Identifier<Account>, _ codes: [Digest], entries: [AuditEntry]) async throws {
        try await write { _, connection in
            try RecoveryCodeTable.replaceAll(of: id, with: codes, connection)
            return Change((), entries: entries)
        }
    }
}
