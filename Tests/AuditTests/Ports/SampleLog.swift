import Audit
import OpenSSLCrypto
import Primitives

/// A log of a few entries as storage would give it back, and ways to tamper with it.
struct SampleLog {
    static let hashing = OpenSSLHashing()
    static let verifier = OpenSSLSignatureVerifier()

    let key: AuditLogKey
    var bodies: [(salt: [UInt8], body: AuditBody)]
    var records: [AuditRecord]
    var checkpoints: [StoredCheckpoint]

    /// - Parameter checkpoints: sizes at which one is signed.
    init(entries count: Int = 8, checkpoints sizes: [Int] = [3, 5, 8], key: AuditLogKey? = nil) throws {
        self.key = try key ?? SampleLog.newKey()
        bodies = (0..<count).map { index in
            let entry = AuditEntry(
                .licenseIssued, at: Instant(millisecondsSinceEpoch: 1_795_334_400_000 + Int64(index)),
                department: "food-safety", actor: "operator", object: "license \(index)")
            let byte = { (base: UInt8) in AuditPseudonym(bytes: [UInt8](repeating: base + UInt8(index), count: 16)) }
            let names = AuditNames(department: byte(0x10), actor: byte(0x30), object: byte(0x50), request: byte(0x70))
            let salt = [UInt8](repeating: UInt8(index), count: AuditBody.saltLength)
            return (salt, AuditBody(entry, names: names, states: ["license \(index)": "valid"]))
        }
        (records, checkpoints) = ([], [])
        records = (0..<count).map(record)
        checkpoints = try sizes.map { try checkpoint($0) }
    }

    static func newKey(origin: String = "licenses.example/audit") throws -> AuditLogKey {
        let key = try PrivateKey.generate(for: .eddsa)
        let publicKey = Array(try key.subjectPublicKeyInfo().suffix(32))
        guard let identity = AuditLogIdentity(origin: origin, publicKey: publicKey) else {
            throw CheckpointFault.malformed
        }
        return AuditLogKey(identity: identity, signer: try OpenSSLSigner(key: key, algorithm: .eddsa))
    }

    func record(_ index: Int) -> AuditRecord {
        let (salt, body) = bodies[index]
        let commitment = AuditBody.commitment(salt: salt, encodedBody: body.encoded, hashing: SampleLog.hashing)
        let leaf = AuditLeaf(
            body, node: AuditLeaf.soleNode, nodeSequence: UInt64(index), commitment: commitment)
        return AuditRecord(
            sequence: index, leaf: leaf.encoded, body: .present(salt: salt, encoded: body.encoded))
    }

    /// The root over the first `size` records as they are now.
    func root(_ size: Int) -> Digest {
        records.prefix(size).reduce(into: MerkleFrontier()) { frontier, record in
            frontier.append(SampleLog.hashing.merkleLeaf(record.leaf), hashing: SampleLog.hashing)
        }.root(hashing: SampleLog.hashing)
    }

    func checkpoint(_ size: Int, by other: AuditLogKey? = nil) throws -> StoredCheckpoint {
        let signing = other ?? key
        let checkpoint = AuditCheckpoint(origin: signing.identity.origin, size: size, root: root(size))
        let note = try checkpoint.signed(with: signing, hashing: SampleLog.hashing)
        return StoredCheckpoint(size: size, root: checkpoint.root.bytes, note: Array(note.utf8))
    }

    /// The object of entry `index` replaced, with leaf and commitment made to fit, as one with the database can.
    mutating func rewrite(_ index: Int) {
        let (salt, body) = bodies[index]
        let entry = AuditEntry(body.entry.event, at: body.entry.at, object: "another license")
        bodies[index] = (salt, AuditBody(entry, names: body.names, states: [:]))
        records[index] = record(index)
    }

    mutating func setLeaf(_ index: Int, _ leaf: [UInt8]) {
        records[index] = AuditRecord(sequence: index, leaf: leaf, body: records[index].body)
    }

    mutating func setBody(_ index: Int, _ body: AuditRecord.Body) {
        records[index] = AuditRecord(sequence: index, leaf: records[index].leaf, body: body)
    }

    func report(kept: AuditCheckpoint? = nil) -> AuditReport {
        AuditVerification.verify(
            records: records, checkpoints: checkpoints, of: key.identity, kept: kept, hashing: SampleLog.hashing,
            verifier: SampleLog.verifier)
    }
}
