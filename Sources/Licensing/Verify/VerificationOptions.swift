package import Primitives

/// What the verifying person chose.
package struct VerificationOptions: Hashable, Sendable {
    /// The moment the question is asked about.
    package let at: Instant
    /// Forbids the network.
    package let isOffline: Bool

    package init(at: Instant, isOffline: Bool) {
        (self.at, self.isOffline) = (at, isOffline)
    }
}

/// Why status could not be fetched; never a reason to pass.
package struct StatusFetchFault: Error, Hashable, Sendable {
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }
}

/// Port: fetches status material over HTTP with limits on size, time and redirects.
package protocol StatusFetching: Sendable {
    /// The body at `url`, at most `limit` bytes. The caller has checked that a verified certificate names its host.
    func fetch(_ url: String, limit: Int) async throws(StatusFetchFault) -> [UInt8]
}
