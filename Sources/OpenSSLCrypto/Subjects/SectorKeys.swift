package import Identity
package import Primitives

/// Pairwise names under the sector keys of the key folder, by version.
package struct SectorKeys: SubjectNaming {
    private let keys: [Int: PreparedHMAC]
    package let currentVersion: Int
    /// For faults.
    private let folder: String

    /// - Parameter keys: by version from 1; not empty.
    init(_ keys: [Int: Secret], folder: String) {
        (self.keys, self.folder) = (keys.mapValues { PreparedHMAC(key: $0.exposedBytes) }, folder)
        currentVersion = keys.keys.max() ?? 0
    }

    package func subject(of account: Identifier<Account>, sector: String, version: Int) throws -> String {
        guard let key = keys[version] else {
            throw KeyFolderFault(folder, "holds no sector key of version \(version); put it back from a backup")
        }
        return Base64.encodeURL(key.value(of: Array(sector.utf8) + [0] + account.bytes))
    }
}
