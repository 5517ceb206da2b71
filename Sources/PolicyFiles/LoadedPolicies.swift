package import Licensing

/// The policy folder, checked whole. What sign-on knows of it (`portals/`, `sign-in.yaml`) will stand beside.
package struct LoadedPolicies: Sendable {
    package let licensing: LicensingPolicy

    package init(licensing: LicensingPolicy) {
        self.licensing = licensing
    }
}
