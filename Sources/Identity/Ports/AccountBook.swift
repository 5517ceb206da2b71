package import Audit
package import Primitives

/// What signing in needs to know of an account.
package struct AccountRecord: Hashable, Sendable {
    package let account: Account
    /// PHC-style string.
    package let passwordHash: String
    package let hasOneTimePassword: Bool
    package let recoveryCodesLeft: Int

    package init(account: Account, passwordHash: String, hasOneTimePassword: Bool, recoveryCodesLeft: Int) {
        (self.account, self.passwordHash) = (account, passwordHash)
        (self.hasOneTimePassword, self.recoveryCodesLeft) = (hasOneTimePassword, recoveryCodesLeft)
    }
}

/// The name under which a sector knows an account is found by trying all accounts.
package struct AccountName: Hashable, Sendable {
    package let id: Identifier<Account>
    package let namingVersion: Int

    package init(id: Identifier<Account>, namingVersion: Int) {
        (self.id, self.namingVersion) = (id, namingVersion)
    }
}

/// Port: accounts and their credentials. Every change is one transaction with its audit entries, durable before the call
/// returns. Logins are compared byte by byte and found by keyed hash; logins, profiles and TOTP secrets are sealed at rest.
package protocol AccountBook: Sendable {
    /// - Throws: `AccountRefusal.loginTaken`, nothing having changed.
    func add(_ account: Account, login: String, passwordHash: String, entries: [AuditEntry]) async throws
    func account(_ id: Identifier<Account>) async throws -> AccountRecord?
    func account(login: String) async throws -> AccountRecord?
    /// One page by rising id, beginning after `id`.
    func names(after id: Identifier<Account>?, limit: Int) async throws -> [AccountName]
    /// Replaces the password hash.
    ///
    /// - Returns: `false`, nothing having changed, when there is no such account or `old` is given and another one.
    func setPassword(
        _ id: Identifier<Account>, replacing old: String?, hash: String, entries: [AuditEntry]
    ) async throws -> Bool
    /// Disables the account and, in the same transaction, ends all its sessions and grants, offline ones too.
    ///
    /// - Parameter effects: called inside the transaction with the sessions that were live; its notices are stored with it.
    /// - Returns: `nil`, nothing having changed, when there is no such account or it is disabled already.
    func disable(
        _ id: Identifier<Account>, at: Instant, effects: @escaping @Sendable ([EndedSession]) -> EndingEffects
    ) async throws -> [EndedSession]?

    /// The TOTP secret; `nil` when none is enrolled.
    func oneTimePasswordSecret(of id: Identifier<Account>) async throws -> Secret?
    /// Stores a TOTP secret and fresh recovery codes (SHA-256 each).
    ///
    /// - Parameter step: the time step just proven, spent by this.
    /// - Returns: `false`, nothing having changed, when one is enrolled already.
    func enrol(
        _ id: Identifier<Account>, secret: Secret, step: Int64, recoveryCodes: [Digest], entries: [AuditEntry]
    ) async throws -> Bool
    /// Spends a time step: one conditional statement `last step < step`.
    ///
    /// - Parameter entries: built inside the transaction from whether it was spent; appended either way.
    /// - Returns: `false` when this step or a later one was spent before.
    func spend(
        step: Int64, of id: Identifier<Account>, entries: @escaping @Sendable (Bool) -> [AuditEntry]
    ) async throws -> Bool
    /// Spends a recovery code: one conditional statement.
    ///
    /// - Parameter entries: built inside the transaction from whether it was spent; appended either way.
    /// - Returns: `false` for an unknown code and one spent before.
    func spend(
        recoveryCode: Digest, of id: Identifier<Account>, entries: @escaping @Sendable (Bool) -> [AuditEntry]
    ) async throws -> Bool
    /// Replaces all recovery codes.
    func setRecoveryCodes(_ id: Identifier<Account>, _ codes: [Digest], entries: [AuditEntry]) async throws
}

/// Why the book of accounts refused a change.
package enum AccountRefusal: Error, Hashable, Sendable {
    case loginTaken
}
