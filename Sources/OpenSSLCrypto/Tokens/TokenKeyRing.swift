import JOSE
import Primitives

/// What one reading of the state file says, ready for use.
struct TokenKeyRing: Sendable {
    private struct Published {
        let jwk: JWK
        let record: TokenKeyRecord
    }

    /// Active ones first: verifiers that do not look at `kid` try keys in order.
    private let published: [Published]
    private let byID: [String: Published]
    private let active: [SignatureAlgorithm: TokenKeyMaterial]
    /// Private keys of active and next ones, by `kid`.
    let materials: [String: TokenKeyMaterial]

    /// - Parameter known: materials of an earlier reading, which may be prepared already.
    init(
        _ list: TokenKeyList, reader: FolderReader, reusing known: [String: TokenKeyMaterial]
    ) throws(KeyFolderFault) {
        var (active, materials): ([SignatureAlgorithm: TokenKeyMaterial], [String: TokenKeyMaterial]) = ([:], [:])
        for record in list.records where record.state == .active || record.state == .next {
            var material = known[record.keyID]
            if material == nil { material = TokenKeyMaterial(record, stored: try TokenKeyRing.key(record, reader)) }
            materials[record.keyID] = material
            if record.state == .active { active[record.algorithm] = material }
        }
        (self.active, self.materials) = (active, materials)
        let states: [KeyState] = [.active, .next, .retiring]
        published = states.flatMap { state in
            list.records.filter { $0.state == state }.compactMap { record in
                JWK(subjectPublicKeyInfo: record.publicKey, algorithm: record.algorithm, keyID: record.keyID).map {
                    Published(jwk: $0, record: record)
                }
            }
        }
        byID = Dictionary(published.map { ($0.record.keyID, $0) }) { first, _ in first }
    }

    private static func key(_ record: TokenKeyRecord, _ reader: FolderReader) throws(KeyFolderFault) -> StoredKey {
        let file = reader.layout.key(KeyFolderLayout.tokenKeyStem(record.algorithm), generation: record.generation)
        guard file.isThere else {
            throw file.fault("is missing; put it back from a backup, or exchange it: chancery keys rotate")
        }
        return try reader.key(file)
    }

    func active(_ algorithm: SignatureAlgorithm) -> TokenKeyMaterial? { active[algorithm] }

    func published(at: Instant) -> [JWK] {
        published.filter { $0.record.isPublished(at: at) }.map(\.jwk)
    }

    func publicKey(_ keyID: String, at: Instant) -> JWK? {
        byID[keyID].flatMap { $0.record.isPublished(at: at) ? $0.jwk : nil }
    }
}
