import Primitives

extension KeyFolderLayout {
    static let tokenKeyPrefix = "token-"

    /// `token-es256`.
    static func tokenKeyStem(_ algorithm: SignatureAlgorithm) -> String {
        tokenKeyPrefix + algorithm.rawValue.lowercased()
    }

    /// States and public halves of the token-signing keys.
    var tokenKeyList: GuardedFile { GuardedFile("\(privateFolder.path)/token-signing.json", .ownerOnly) }

    func readTokenKeyList() throws(KeyFolderFault) -> TokenKeyList {
        let content = try tokenKeyList.read(limit: TokenKeyList.maximumLength)
        guard let list = TokenKeyList(file: content, hashing: OpenSSLHashing()) else {
            throw tokenKeyList.fault("is cut short or is no list of token-signing keys")
        }
        return list
    }

    func sectorKey(version: Int) -> GuardedFile {
        let number = version == 1 ? "" : ".\(version)"
        return GuardedFile("\(privateFolder.path)/\(KeyFolderLayout.sectorKeyStem)\(number).sealed", .ownerOnly)
    }

    /// Rising, from 1.
    func sectorKeyVersions() throws(KeyFolderFault) -> [Int] {
        try sealedGenerations()[KeyFolderLayout.sectorKeyStem] ?? []
    }

    private static let sectorKeyStem = "sector-key"
}
