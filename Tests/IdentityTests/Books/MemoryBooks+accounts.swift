import Audit
import Identity
import Primitives

extension MemoryBooks {
    func add(_ account: Account, login: String, passwordHash: String, entries: [AuditEntry]) async throws {
        try step { state in
            guard !state.accounts.values.contains(where: { Array($0.login.utf8) == Array(login.utf8) }) else {
                throw AccountRefusal.loginTaken
            }
            state.accounts[account.id] = StoredAccount(account: account, login: login, passwordHash: passwordHash)
            state.entries += entries
        }
    }

    private static func record(_ stored: StoredAccount) -> AccountRecord {
        AccountRecord(
            account: stored.account, passwordHash: stored.passwordHash, hasOneTimePassword: stored.secret != nil,
            recoveryCodesLeft: stored.recoveryCodes.count)
    }

    func account(_ id: Identifier<Account>) async throws -> AccountRecord? {
        step { $0.accounts[id].map(MemoryBooks.record) }
    }

    func account(login: String) async throws -> AccountRecord? {
        step { state in
            state.accounts.values.first { Array($0.login.utf8) == Array(login.utf8) }.map(MemoryBooks.record)
        }
    }

    func names(after id: Identifier<Account>?, limit: Int) async throws -> [AccountName] {
        step { state in
            state.accounts.values.map(\.account).sorted { $0.id.description < $1.id.description }
                .filter { account in id.map { account.id.description > $0.description } ?? true }
                .prefix(limit).map { AccountName(id: $0.id, namingVersion: $0.namingVersion) }
        }
    }

    func setPassword(
        _ id: Identifier<Account>, replacing old: String?, hash: String, entries: [AuditEntry]
    ) async throws -> Bool {
        step { state in
            guard let stored = state.accounts[id], old == nil || old == stored.passwordHash else { return false }
            state.accounts[id]?.passwordHash = hash
            state.entries += entries
            return true
        }
    }

    func disable(
        _ id: Identifier<Account>, at: Instant, effects: @escaping @Sendable ([EndedSession]) -> EndingEffects
    ) async throws -> [EndedSession]? {
        step { state in
            guard let stored = state.accounts[id], !stored.account.isDisabled else { return nil }
            let ended = state.end(.all(of: id), at: at, effects: effects)
            state.accounts[id]?.account = stored.account.disabled
            return ended
        }
    }

    func oneTimePasswordSecret(of id: Identifier<Account>) async throws -> Secret? {
        step { $0.accounts[id]?.secret }
    }

    func enrol(
        _ id: Identifier<Account>, secret: Secret, step: Int64, recoveryCodes: [Digest], entries: [AuditEntry]
    ) async throws -> Bool {
        self.step { state in
            guard let stored = state.accounts[id], stored.secret == nil else { return false }
            state.accounts[id]?.secret = secret
            state.accounts[id]?.lastStep = step
            state.accounts[id]?.recoveryCodes = Set(recoveryCodes)
            state.entries += entries
            return true
        }
    }

    func spend(
        step: Int64, of id: Identifier<Account>, entries: @escaping @Sendable (Bool) -> [AuditEntry]
    ) async throws -> Bool {
        self.step { state in
            let isSpent = state.accounts[id].map { $0.secret != nil && $0.lastStep < step } ?? false
            if isSpent { state.accounts[id]?.lastStep = step }
            state.entries += entries(isSpent)
            return isSpent
        }
    }

    func spend(
        recoveryCode: Digest, of id: Identifier<Account>, entries: @escaping @Sendable (Bool) -> [AuditEntry]
    ) async throws -> Bool {
        step { state in
            let isSpent = state.accounts[id]?.recoveryCodes.remove(recoveryCode) != nil
            state.entries += entries(isSpent)
            return isSpent
        }
    }

    func setRecoveryCodes(_ id: Identifier<Account>, _ codes: [Digest], entries: [AuditEntry]) async throws {
        step { state in
            state.accounts[id]?.recoveryCodes = Set(codes)
            state.entries += entries
        }
    }

    func history(of account: Identifier<Account>, limit: Int) async throws -> [HistoryEntry] {
        step { state in Array(state.history.filter { $0.accountID == account }.reversed().prefix(limit)) }
    }

    func acknowledgedData(
        account: Identifier<Account>, portalID: String, agreed: Bool
    ) async throws -> Set<String> {
        step { state in
            Set(
                state.acknowledgements.filter {
                    $0.accountID == account && $0.portalID == portalID && ($0.isAgreement || !agreed)
                }.flatMap(\.data))
        }
    }
}
