package import Primitives

/// One counter of attempts.
package struct ThrottleKey: Hashable, Sendable {
    /// Says nothing of whose it is.
    package let value: Digest
    /// Failed attempts in a window.
    package let limit: Int

    package init(value: Digest, limit: Int) {
        (self.value, self.limit) = (value, limit)
    }
}

/// Port: attempts to guess a secret, kept across restarts. Writes no audit entry.
package protocol ThrottleBook: Sendable {
    /// Counts one attempt under the keys, in their order, up to the first that is beyond its limit by it: the keys after
    /// that one count nothing. Durable before the secret is looked at, so that parallel attempts count.
    ///
    /// A window begins with the first attempt under a key and is `window` seconds long; then the count begins anew.
    /// - Returns: `nil` when every count, this attempt included, is within its limit; else the moment at which the window
    ///   of the one beyond its limit ends.
    func count(_ keys: [ThrottleKey], window: Int64, at: Instant) async throws -> Instant?
    /// Takes one attempt off again: it was no guess. Never below zero, never in a later window.
    func forgive(_ keys: [ThrottleKey], countedAt: Instant) async throws
}
