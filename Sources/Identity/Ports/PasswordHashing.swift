package import Primitives

/// Port: scrypt (RFC 7914) in a bounded pool with a bounded queue, off the cooperative threads.
package protocol PasswordHashing: Sendable {
    /// A PHC-style string with a fresh salt and the current cost.
    ///
    /// - Throws: `PasswordPoolFull`.
    func hash(_ password: Secret) async throws -> String
    /// Whether the password is the hash's. `nil` does the same work at the current cost and is `false`.
    ///
    /// - Throws: `PasswordPoolFull`.
    func matches(_ password: Secret, hash: String?) async throws -> Bool
    /// Whether the hash was made at the current cost.
    func isCurrent(_ hash: String) -> Bool
}

/// More hashes wait than the queue holds: 503 with Retry-After.
package struct PasswordPoolFull: Error, Hashable, Sendable {
    package init() {}
}
