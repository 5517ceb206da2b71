/// What the token half remembers between requests, each part bounded. Losing it costs time, never safety: one for the whole
/// service, shared by all its operations.
package final class TokenMemory: Sendable {
    let verified: VerifiedTokens
    let signatures: KnownSignatures
    let headers = PreparedHeaders()
    let refusals = RefusalBudget()

    /// - Parameters:
    ///   - verifiedTokens: how many tokens are remembered with all they say.
    ///   - knownSignatures: of how many at most it is remembered that they are rightly signed, in 8 bytes each: 12 MiB
    ///     when a million tokens live.
    package init(verifiedTokens: Int = 2048, knownSignatures: Int = 3 << 19) {
        verified = VerifiedTokens(capacity: verifiedTokens)
        signatures = KnownSignatures(capacity: knownSignatures)
    }
}
