import Identity
package import Primitives

/// What a rotation changed for one algorithm.
package struct TokenKeyRotation: Hashable, Sendable {
    package let algorithm: SignatureAlgorithm
    /// `kid` of the key that signs now.
    package let active: String
    /// `kid` of the key that signed before.
    package let retiring: String?
    /// When the key that signs now was published.
    package let publishedAt: Instant
    /// From then on every verifier knows it; `nil` when no list without it was ever published.
    package let knownAt: Instant?
}

/// A next key that verifiers may not know yet: what it signed would be refused by them.
package struct UnknownNextKey: Error, Hashable, Sendable {
    package let algorithm: SignatureAlgorithm
    /// `kid`
    package let keyID: String
    /// From then on it may sign.
    package let until: Instant
}

extension KeyFolder {
    /// Lets every next token-signing key sign and publishes new ones. A running service follows within two seconds.
    ///
    /// - Parameters:
    ///   - algorithms: that portals ask for; keys of others retire.
    ///   - seconds: for which a key that signs no more stays published.
    ///   - isForced: also lets keys sign that verifiers may not know yet.
    /// - Throws: `KeyFolderFault` or `UnknownNextKey`, nothing having changed.
    package func rotateTokenKeys(
        algorithms: Set<SignatureAlgorithm>, keptFor seconds: Int64, isForced: Bool = false, clock: any Clock
    ) throws -> [TokenKeyRotation] {
        try layout.privateFolder.checkPrivate()
        return try layout.privateFolder.exclusively {
            let reader = FolderReader(layout: layout, passphrase: try Passphrase.read(layout.passphrase))
            // Under a wrong passphrase a key would be made that the service cannot open.
            _ = try reader.dataKey()
            var shelf = try TokenKeyShelf(layout, passphrase: reader.passphrase, at: clock.now(), isNew: false)
            let before = shelf.list
            if !isForced { try shelf.checkNextKeys(algorithms) }
            try shelf.rotate(algorithms, keptFor: seconds)
            return algorithms.sorted { $0.rawValue < $1.rawValue }.compactMap { algorithm in
                shelf.list.record(algorithm, .active).map {
                    TokenKeyRotation(
                        algorithm: algorithm, active: $0.keyID, retiring: before.record(algorithm, .active)?.keyID,
                        publishedAt: $0.publishedAt, knownAt: before.nextKnownAt(algorithm))
                }
            }
        }
    }
}
