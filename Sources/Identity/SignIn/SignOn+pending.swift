import Primitives

extension SignOn {
    /// Says whether a password is still the one that was checked.
    func passwordMark(_ record: AccountRecord) -> Digest { hashing.sha256(Array(record.passwordHash.utf8)) }

    /// The account whose password was checked in this flow; `nil` when that is too long ago, or account or password changed.
    func pendingAccount(_ turn: Turn) async throws -> AccountRecord? {
        guard let pending = turn.flow.pending, turn.now < pending.at.adding(seconds: Flow.stepLifetime),
            let record = try await books.account(pending.accountID), !record.account.isDisabled,
            passwordMark(record) == pending.passwordMark, record.hasOneTimePassword
        else { return nil }
        return record
    }
}
