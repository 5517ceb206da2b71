package import Licensing
package import Primitives

/// All that the service is given.
package struct WebPorts: Sendable {
    /// The public base URL, without a final slash; never taken from a request.
    package let issuerURL: String
    package let isBehindProxy: Bool
    package let register: any LicenseRegister
    package let trust: any TrustMaterial
    package let bundles: BundleExport
    package let hashing: any Hashing
    package let clock: any Clock
    /// The signed credential of a license with all its disclosures; `nil` when there is none.
    package let credential: @Sendable (LicenseNumber) async throws -> String?
    /// `nil`: a service without sign-on.
    package let signOn: SignOnPorts?
    let statusLists: SignedStatusLists
    let verification: Verification

    package init(
        issuerURL: String, isBehindProxy: Bool, register: any LicenseRegister, trust: any TrustMaterial,
        publisher: StatusListPublisher, bundles: BundleExport, hashing: any Hashing,
        signatureVerifier: any SignatureVerifier, paths: any CertificatePaths, clock: any Clock,
        signOn: SignOnPorts? = nil,
        credential: @escaping @Sendable (LicenseNumber) async throws -> String?
    ) {
        (self.issuerURL, self.isBehindProxy, self.register, self.trust) = (issuerURL, isBehindProxy, register, trust)
        (self.bundles, self.hashing, self.clock, self.credential) = (bundles, hashing, clock, credential)
        self.signOn = signOn
        statusLists = SignedStatusLists(publisher: publisher, register: register)
        verification = Verification(
            hashing: hashing, verifier: signatureVerifier, paths: paths,
            fetcher: OwnStatusMaterial(issuerURL: issuerURL, statusLists: statusLists, trust: trust, clock: clock))
    }
}
