package import Primitives

/// What may be used once, each with values of its own.
package enum OneTimeKind: String, Hashable, Sendable {
    /// `jti` of a client assertion (RFC 7523 §3).
    case clientAssertion = "client-assertion"
    /// `jti` of a DPoP proof (RFC 9449 §11.1).
    case dpopProof = "dpop-proof"

    /// Seconds that a value is remembered beyond its own end: clocks are set back, and several processes have not quite one.
    static let slack: Int64 = 60
}

/// A value that may be used once, on its way to be spent with what it goes with.
package struct OneTimeValue: Hashable, Sendable {
    package let kind: OneTimeKind
    /// SHA-256 over whose it is and what it is.
    package let value: Digest
    /// The row may be cleaned from here on.
    package let until: Instant

    package init(_ kind: OneTimeKind, _ value: Digest, until: Instant) {
        (self.kind, self.value, self.until) = (kind, value, until)
    }
}

/// The value was spent before; nothing has changed.
package struct AlreadySpent: Error, Hashable, Sendable {
    package init() {}
}

/// Port: values that were used, kept until they could not be used anyway, across restarts.
package protocol ReplayBook: Sendable {
    /// Spends a value with one conditional insert, durable before the call returns; writes no audit entry.
    ///
    /// - Parameters:
    ///   - value: SHA-256 over whose it is and what it is.
    ///   - until: the row may be cleaned from here on.
    /// - Returns: `false` when it was spent before.
    func spend(_ kind: OneTimeKind, _ value: Digest, until: Instant) async throws -> Bool
}
