import Identity
import Licensing
import OpenSSLCrypto
import PolicyFiles
import Primitives
import Store

extension Assembly {
    /// What sign-on works with. To be made once: it holds the pool that bounds password hashing, and the keys that follow
    /// rotations.
    ///
    /// - Parameter isServing: opens the token-signing keys ahead, so that no request waits for that.
    func signOn(isServing: Bool = false) throws -> SignOn {
        let tokenKeys = try keys.tokenKeys(algorithms: policies.tokenAlgorithms, clock: Assembly.clock)
        if isServing { tokenKeys.warmUp() }
        return SignOn(
            directory: PortalDirectory(
                portals: policies.portals, issuer: settings.issuer, authorityName: policy.authority.name,
                languages: policy.authority.languages),
            policy: policies.signIn, books: store, keys: tokenKeys, mac: keys.tokenMAC, naming: try keys.sectorKeys(),
            passwords: PasswordPool(policies.signIn.password), oneTimePasswords: TimeBasedPasswords(),
            sealing: keys.sealing, hashing: Assembly.hashing, randomness: Assembly.randomness,
            verifier: Assembly.signatureVerifier, clock: Assembly.clock)
    }
}

extension LoadedPolicies {
    /// Algorithms for which there must be token-signing keys: ES256 for access tokens, the others where a portal asks.
    var tokenAlgorithms: Set<SignatureAlgorithm> { Set(portals.values.map(\.idTokenAlgorithm)).union([.es256]) }
}
