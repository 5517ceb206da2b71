/// What the token half remembers between requests, each part bounded. Losing it costs time, never safety: one for the whole
/// service, shared by all its operations.
package final class TokenMemory: Sendable {
    let signatures: KnownSignatures
    let headers = PreparedHeaders()
    let refusals = RefusalBudget()

    /// - Parameter knownSignatures: of how many tokens at most it is remembered that they are rightly signed, in 8 bytes each:
    ///   12 MiB when a million live.
    package init(knownSignatures: Int = 3 << 19) {
        signatures = KnownSignatures(capacity: knownSignatures)
    }
}
