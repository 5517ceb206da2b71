package import Identity
package import Licensing

/// The policy folder, checked whole.
package struct LoadedPolicies: Sendable {
    package let licensing: LicensingPolicy
    /// By id.
    package let portals: [String: Portal]
    package let signIn: SignInPolicy

    package init(licensing: LicensingPolicy, portals: [String: Portal], signIn: SignInPolicy) {
        (self.licensing, self.portals, self.signIn) = (licensing, portals, signIn)
    }
}
