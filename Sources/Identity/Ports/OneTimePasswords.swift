package import Primitives

/// Port: TOTP (RFC 6238) with HMAC-SHA-1, six digits, steps of 30 seconds: what authenticator apps implement.
package protocol OneTimePasswords: Sendable {
    /// The step (seconds since the epoch / 30) that `code` is of, within one step around `at`; `nil` when none.
    /// Compared in constant time. Whether the step was spent is the account book's question.
    func step(of code: String, secret: Secret, at: Instant) -> Int64?
}
