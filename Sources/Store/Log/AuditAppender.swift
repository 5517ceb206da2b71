import Audit
import Primitives

/// Appends entries to the log inside a group's transaction, and signs the group's checkpoint.
struct AuditAppender: Sendable {
    let ports: StorePorts
    let key: AuditLogKey
    let pseudonyms = PseudonymCache()
    private let salts: BlockRandomness

    init(ports: StorePorts, key: AuditLogKey) {
        (self.ports, self.key) = (ports, key)
        salts = BlockRandomness(ports.randomness)
    }

    static func context(of sequence: Int) -> String { "audit/\(sequence)" }

    /// The frontier to append to.
    ///
    /// - Throws: `StoreFault.corrupted` when it does not continue the last checkpoint: nothing may be signed then.
    func frontier(_ connection: any SQLConnection) throws(StoreFault) -> MerkleFrontier {
        let frontier = try AuditFrontierTable.load(connection)
        let latest = try AuditCheckpointTable.latest(connection)
        let root = frontier.root(hashing: ports.hashing).bytes
        guard frontier.size == latest?.size ?? 0, latest == nil || latest?.root == root else {
            throw .corrupted("the audit log does not continue its last checkpoint; run `chancery audit verify`")
        }
        return frontier
    }

    /// Appends one entry; its rows are to be stored with `close`.
    ///
    /// - Parameters:
    ///   - states: what objects became by the change, by object.
    ///   - fresh: pseudonyms that are not committed or not in the cache yet; gains those of this entry.
    /// - Returns: leaf and sealed body.
    func append(
        _ entry: AuditEntry, states: [String: String], to frontier: inout MerkleFrontier,
        fresh: inout [PseudonymKey: AuditPseudonym], _ connection: any SQLConnection
    ) throws -> (leaf: [UInt8], sealed: [UInt8]) {
        let sequence = frontier.size
        let names = AuditNames(
            department: try pseudonym(of: entry.department, "department", &fresh, connection),
            actor: try pseudonym(of: entry.actor, "actor", &fresh, connection),
            object: try pseudonym(of: entry.object, "object", &fresh, connection))
        let body = AuditBody(entry, names: names, states: states)
        let encoded = body.encoded
        let salt = salts.bytes(AuditBody.saltLength)
        let leaf = AuditLeaf(
            body, node: AuditLeaf.soleNode, nodeSequence: UInt64(sequence),
            commitment: AuditBody.commitment(salt: salt, encodedBody: encoded, hashing: ports.hashing)
        ).encoded
        let sealed = try ports.sealing.seal(Secret(salt + encoded), context: AuditAppender.context(of: sequence))
        frontier.append(ports.hashing.merkleLeaf(leaf), hashing: ports.hashing)
        return (leaf, sealed)
    }

    /// Stores the entries, the frontier and the signed checkpoint of a group.
    ///
    /// - Parameters:
    ///   - leaves: the last ones of `frontier`.
    ///   - sealed: their bodies.
    func close(
        _ frontier: MerkleFrontier, leaves: [[UInt8]], sealed: [[UInt8]], _ connection: any SQLConnection
    ) throws {
        let first = frontier.size - leaves.count
        try AuditLeafTable.insertion.run(leaves, from: first, connection)
        try AuditBodyTable.insertion.run(sealed, from: first, connection)
        let root = frontier.root(hashing: ports.hashing)
        let checkpoint = AuditCheckpoint(origin: key.identity.origin, size: frontier.size, root: root)
        let note: String
        do {
            note = try checkpoint.signed(with: key, hashing: ports.hashing)
        } catch {
            throw StoreFault.failed("the key of the audit log does not sign")
        }
        try AuditFrontierTable.store(frontier, connection)
        try AuditCheckpointTable.insert(size: frontier.size, root: root.bytes, note: note, connection)
    }

    private func pseudonym(
        of value: String?, _ role: String, _ fresh: inout [PseudonymKey: AuditPseudonym],
        _ connection: any SQLConnection
    ) throws(StoreFault) -> AuditPseudonym? {
        guard let value else { return nil }
        let key = PseudonymKey(role: role, value: value)
        if let known = pseudonyms.find(key) ?? fresh[key] { return known }
        let pseudonym = try storedPseudonym(of: key, connection)
        fresh[key] = pseudonym
        return pseudonym
    }

    private func storedPseudonym(
        of key: PseudonymKey, _ connection: any SQLConnection
    ) throws(StoreFault) -> AuditPseudonym {
        let lookup = ports.sealing.lookupValue(of: Secret(Array(key.value.utf8)), purpose: "audit/\(key.role)")
        if let known = try AuditPseudonymTable.find(lookup, connection) { return known }
        let new = AuditPseudonym(from: ports.randomness)
        try AuditPseudonymTable.insert(new, for: lookup, connection)
        return new
    }
}
