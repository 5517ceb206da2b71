/// What the token half remembers between requests, each part bounded. Losing it costs time, never safety: one for the whole
/// service, shared by all its operations.
package final class TokenMemory: Sendable {
    let verified: VerifiedTokens
    let headers = PreparedHeaders()
    let refusals = RefusalBudget()

    /// - Parameter verifiedTokens: how many tokens whose signature was checked are remembered.
    package init(verifiedTokens: Int = 8192) {
        verified = VerifiedTokens(capacity: verifiedTokens)
    }
}
