/// How long verifiers may remember the published keys, and how long a key that signs no more stays among them.
package enum TokenKeyTimes {
    /// `max-age` of `/jwks`, in seconds.
    package static let publishedMaximumAge: Int64 = 300
    /// Seconds by which clocks of verifiers may be behind.
    private static let clockDifference: Int64 = 60

    /// Seconds from a key's last signature until nothing it signed counts any more and nobody remembers a list with it.
    package static func retirement(_ policy: SignInPolicy) -> Int64 {
        publishedMaximumAge + max(policy.tokens.access, policy.tokens.logout) + clockDifference
    }
}
