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
}

extension KeyFolder {
    /// Lets every next token-signing key sign and publishes new ones. A running service follows within two seconds.
    ///
    /// - Parameters:
    ///   - algorithms: that portals ask for; keys of others retire.
    ///   - seconds: for which a key that signs no more stays published.
    /// - Throws: `KeyFolderFault`, nothing having changed.
    package func rotateTokenKeys(
        algorithms: Set<SignatureAlgorithm>, keptFor seconds: Int64, clock: any Clock
    ) throws -> [TokenKeyRotation] {
        try layout.privateFolder.checkPrivate()
        return try layout.privateFolder.exclusively {
            let reader = FolderReader(layout: layout, passphrase: try Passphrase.read(layout.passphrase))
            // Under a wrong passphrase a key would be made that the service cannot open.
            _ = try reader.dataKey()
            var shelf = try TokenKeyShelf(layout, passphrase: reader.passphrase, at: clock.now(), isNew: false)
            let before = shelf.list
            try shelf.rotate(algorithms, keptFor: seconds)
            return algorithms.sorted { $0.rawValue < $1.rawValue }.compactMap { algorithm in
                shelf.list.record(algorithm, .active).map {
                    TokenKeyRotation(
                        algorithm: algorithm, active: $0.keyID, retiring: before.record(algorithm, .active)?.keyID,
                        publishedAt: $0.publishedAt)
                }
            }
        }
    }
}
