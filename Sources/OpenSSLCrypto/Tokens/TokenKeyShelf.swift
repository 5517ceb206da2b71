import JOSE
import Primitives

/// Makes and rotates token-signing keys in the key folder. The caller holds the folder's lock.
struct TokenKeyShelf {
    let layout: KeyFolderLayout
    let passphrase: Secret
    let now: Instant
    private let hashing = OpenSSLHashing()
    private(set) var list: TokenKeyList
    /// One line for each thing made.
    private(set) var made: [String] = []

    /// Reads the state file.
    ///
    /// - Parameter isNew: makes the file where there is none.
    init(_ layout: KeyFolderLayout, passphrase: Secret, at now: Instant, isNew: Bool) throws {
        (self.layout, self.passphrase, self.now) = (layout, passphrase, now)
        let file = layout.tokenKeyList
        if isNew, !file.isThere {
            let keys = try layout.keyGenerations().keys.filter { $0.hasPrefix(KeyFolderLayout.tokenKeyPrefix) }
            guard keys.isEmpty else {
                throw file.fault("is missing, although keys it tells of are there; put it back from a backup")
            }
            // Before the first key, so that a key without this file is a loss and nothing else.
            try file.write(TokenKeyList().file)
        }
        list = try layout.readTokenKeyList()
    }

    /// Makes the active and the next key of each algorithm where they are missing.
    mutating func ensure(_ algorithms: Set<SignatureAlgorithm>) throws {
        let before = list
        for algorithm in algorithms.sorted(by: { $0.rawValue < $1.rawValue }) {
            if list.record(algorithm, .active) == nil {
                if list.record(algorithm, .next) == nil { try make(algorithm) }
                list.rotate(algorithm, at: now, goneAt: now)
            }
            if list.record(algorithm, .next) == nil { try make(algorithm) }
        }
        if list != before { try layout.tokenKeyList.write(list.file, replacing: true) }
    }

    /// - Throws: `UnknownNextKey` where a verifier may still hold a list without the next key.
    func checkNextKeys(_ algorithms: Set<SignatureAlgorithm>) throws(UnknownNextKey) {
        for algorithm in algorithms.sorted(by: { $0.rawValue < $1.rawValue }) {
            guard let next = list.record(algorithm, .next), let known = list.nextKnownAt(algorithm), now < known
            else { continue }
            throw UnknownNextKey(algorithm: algorithm, keyID: next.keyID, until: known)
        }
    }

    /// Every algorithm's next key signs from now on; a new next one is published.
    ///
    /// - Parameter seconds: for which a key that signs no more stays published.
    mutating func rotate(_ algorithms: Set<SignatureAlgorithm>, keptFor seconds: Int64) throws {
        try ensure(algorithms)
        list.settle(at: now)
        let goneAt = now.adding(seconds: seconds)
        for algorithm in list.algorithms.union(algorithms).sorted(by: { $0.rawValue < $1.rawValue }) {
            guard algorithms.contains(algorithm) else {
                list.retire(algorithm, at: now, goneAt: goneAt)
                continue
            }
            let retiring = list.records.filter { $0.algorithm == algorithm && $0.state == .retiring }
            guard retiring.count < TokenKeyList.maximumRetiring else {
                throw layout.tokenKeyList.fault(
                    "tells of \(retiring.count) retiring keys for \(algorithm.rawValue); rotate again when the first is gone"
                )
            }
            list.rotate(algorithm, at: now, goneAt: goneAt)
            try make(algorithm)
        }
        try layout.tokenKeyList.write(list.file, replacing: true)
        try removeForgotten()
    }

    /// A new key with the state `next`; its file comes before the list that tells of it.
    private mutating func make(_ algorithm: SignatureAlgorithm) throws {
        let stem = KeyFolderLayout.tokenKeyStem(algorithm)
        // A run that was cut off may have left the file of a generation that the list does not know.
        let found = try layout.keyGenerations()[stem]?.last ?? 0
        let generation = max(found, list.newestGeneration(algorithm)) + 1
        let file = layout.key(stem, generation: generation)
        let key = try StoredKey.make(file, for: algorithm, passphrase: passphrase).key(for: nil)
        let publicKey = try key.subjectPublicKeyInfo()
        guard let jwk = JWK(subjectPublicKeyInfo: publicKey, algorithm: algorithm) else {
            throw file.fault("is of a kind that cannot be published")
        }
        list.add(
            TokenKeyRecord(
                algorithm: algorithm, generation: generation, publicKey: publicKey,
                keyID: jwk.thumbprint(hashing: hashing), publishedAt: now))
        made.append("\(file.path): token-signing key (\(algorithm.rawValue))")
    }

    /// Deletes private keys that will never sign again: gone ones, and what no list tells of.
    private func removeForgotten() throws {
        for (stem, generations) in try layout.keyGenerations() where stem.hasPrefix(KeyFolderLayout.tokenKeyPrefix) {
            for generation in generations {
                let record = list.records.first {
                    KeyFolderLayout.tokenKeyStem($0.algorithm) == stem && $0.generation == generation
                }
                if record == nil || record?.state == .gone { try layout.key(stem, generation: generation).remove() }
            }
        }
    }
}
