package import Licensing
package import Primitives

/// The folder with everything that signs and seals: `private/` (mode 0700), `certificates/`, `trust/`.
package struct KeyFolder: Sendable {
    let layout: KeyFolderLayout

    /// - Parameters:
    ///   - path: the folder; need not exist before `initialize`.
    ///   - passphraseFile: encrypts the keys; may stand elsewhere, but only its owner may read it.
    package init(path: String, passphraseFile: String) {
        var folder = path
        while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
        layout = KeyFolderLayout(path: folder, passphraseFile: passphraseFile)
    }

    /// Makes what is missing and changes nothing that is there. Certificates near their end, or for another name,
    /// code or address than policy has now, get a successor with the same key.
    ///
    /// - Parameters:
    ///   - issuerURL: base URL of the service, for subject alternative names and revocation lists.
    ///   - tokenAlgorithms: that portals ask for; each gets an active and a next key.
    /// - Returns: one line for each thing made; none when all was there.
    /// - Throws: `KeyFolderFault`, also when something that was there before is lost: a new key over old data would
    ///   hide the loss.
    package func initialize(
        authority: Authority, departments: [Department], issuerURL: String,
        tokenAlgorithms: Set<SignatureAlgorithm> = [.es256], clock: any Clock
    ) throws -> [String] {
        guard !issuerURL.isEmpty, issuerURL.utf8.count <= 1024,
            issuerURL.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw KeyFolderFault(layout.path, "the issuer address must be a plain URL to stand in certificates") }
        var made: [String] = []
        for (folder, mode) in [
            (layout.privateFolder, 0o700), (layout.certificateFolder, 0o755), (layout.trustFolder, 0o755),
        ] {
            if try folder.make(mode: UInt32(mode)) { made.append("\(folder.path): folder") }
        }
        try layout.privateFolder.checkPrivate()
        return try layout.privateFolder.exclusively {
            let policy = FolderSetup.Policy(
                authority: authority, departments: departments, issuerURL: CertificateAddress.of(issuerURL),
                tokenAlgorithms: tokenAlgorithms)
            var setup = try FolderSetup(layout, policy: policy, at: clock.now())
            try setup.run()
            return made + setup.made
        }
    }

    /// Whether there is a data key, the first thing that `initialize` makes under the passphrase.
    package var hasKeys: Bool { layout.dataKey.isThere }

    /// Reads the folder for use at a moment. Private keys are decrypted when they first sign.
    ///
    /// - Throws: `KeyFolderFault` when something is missing, cut short, readable by others, does not open with the
    ///   passphrase, or was made for another policy.
    package func open(authority: Authority, departments: [Department], at: Instant) throws -> OpenKeyFolder {
        try layout.privateFolder.checkPrivate()
        let passphrase = try Passphrase.read(layout.passphrase)
        let reader = FolderReader(layout: layout, passphrase: passphrase)
        return try OpenKeyFolder(reader, authority: authority, departments: departments, at: at)
    }
}
