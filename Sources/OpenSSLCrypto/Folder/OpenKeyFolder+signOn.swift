package import Primitives

/// What sign-on needs of the key folder. Folders made before sign-on lack it until `chancery init` runs again.
extension OpenKeyFolder {
    /// - Parameter algorithms: that portals ask for.
    /// - Throws: `KeyFolderFault`.
    package func tokenKeys(algorithms: Set<SignatureAlgorithm>, clock: any Clock) throws -> OpenTokenKeys {
        try OpenTokenKeys(reader, algorithms: algorithms, clock: clock)
    }

    /// - Throws: `KeyFolderFault`.
    package func sectorKeys() throws -> SectorKeys {
        let layout = reader.layout
        var keys: [Int: Secret] = [:]
        for version in try layout.sectorKeyVersions() { keys[version] = try sectorKey(version) }
        guard keys[1] != nil else {
            throw layout.sectorKey(version: 1).fault("is missing; `chancery init` makes what is not there")
        }
        return SectorKeys(keys, folder: layout.privateFolder.path)
    }

    private func sectorKey(_ version: Int) throws(KeyFolderFault) -> Secret {
        let file = reader.layout.sectorKey(version: version)
        guard let key = SectorKeyFile.open(try file.read(), version: version, by: sealing) else {
            throw file.fault("is cut short, or does not open with the data key")
        }
        return key
    }

    /// Keys of sign-on, for people; none in a folder made before sign-on.
    ///
    /// - Throws: `KeyFolderFault`.
    package func signOnKeys(at: Instant) throws -> [KeyDescription] {
        let layout = reader.layout
        let sectors = try layout.sectorKeyVersions().map { version in
            KeyDescription(
                use: "sector", name: "pairwise names \(version)", algorithm: "HMAC-SHA-256", state: .active,
                notBefore: nil, notAfter: nil, file: layout.sectorKey(version: version).path)
        }
        guard layout.tokenKeyList.isThere else { return sectors }
        var list = try layout.readTokenKeyList()
        list.settle(at: at)
        return sectors
            + list.records.map { record in
                KeyDescription(
                    use: "token-signing", name: record.keyID, algorithm: record.algorithm.rawValue,
                    state: record.state, notBefore: record.activeAt, notAfter: record.goneAt ?? record.retiredAt,
                    file: layout.key(KeyFolderLayout.tokenKeyStem(record.algorithm), generation: record.generation).path
                )
            }
    }
}
