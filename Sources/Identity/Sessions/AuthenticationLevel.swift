package import Primitives

/// How and when a person was authenticated.
package struct AuthenticationLevel: Hashable, Sendable {
    /// The level reached: never above the account's identity assurance.
    package let acr: Assurance
    /// Methods (RFC 8176): `pwd`, `otp`, `mfa`, and `rc` for a recovery code.
    package let amr: [String]
    /// When the person last entered their password (`auth_time`).
    package let at: Instant

    package init(acr: Assurance, amr: [String], at: Instant) {
        (self.acr, self.amr, self.at) = (acr, amr, at)
    }
}
