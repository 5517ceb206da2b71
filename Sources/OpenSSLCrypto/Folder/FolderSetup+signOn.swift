import Primitives

extension FolderSetup {
    /// Before the token-signing keys: `FolderLosses` takes it for lost where these are there without it.
    mutating func makeSectorKey() throws {
        let file = layout.sectorKey(version: 1)
        guard !file.isThere else { return }
        let key = Secret(OpenSSLRandomness().bytes(32))
        let sealing = DataKeySealing(dataKey: try reader.dataKey())
        try file.write(Array(try SectorKeyFile.seal(key, version: 1, by: sealing).utf8))
        made.append("\(file.path): sector key (HMAC-SHA-256)")
    }

    mutating func makeTokenKeys() throws {
        var shelf = try TokenKeyShelf(layout, passphrase: reader.passphrase, at: now, isNew: true)
        try shelf.ensure(policy.tokenAlgorithms)
        made += shelf.made
    }
}
