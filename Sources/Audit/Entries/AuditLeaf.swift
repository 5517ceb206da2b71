package import Primitives

/// What the Merkle tree holds of an entry: 121 bytes, fixed and big-endian, without personal data.
///
/// `u8 version=1 · u16 event · u64 milliseconds · u8 outcome · 16 B department · 16 B actor · 16 B object ·
/// 16 B request · u32 node · u64 node sequence · u8 commitment algorithm=1 · 32 B commitment`.
package struct AuditLeaf: Hashable, Sendable {
    /// Bytes of an encoded leaf.
    package static let length = 121
    /// The number of the writing node while there is only one.
    package static let soleNode: UInt32 = 1
    private static let version: UInt8 = 1
    /// SHA-256 over domain, salt and body.
    private static let commitmentAlgorithm: UInt8 = 1

    /// The number of an `AuditEvent`; a newer program may have written one unknown here.
    package let event: UInt16
    /// Since 1970-01-01T00:00:00Z.
    package let milliseconds: UInt64
    package let outcome: UInt8
    package let names: AuditNames
    /// The writing node, from 1.
    package let node: UInt32
    /// The entry's number among those of its node, from 0.
    package let nodeSequence: UInt64
    /// Of the body, see `AuditBody.commitment`.
    package let commitment: Digest

    package init(_ body: AuditBody, node: UInt32, nodeSequence: UInt64, commitment: Digest) {
        event = body.entry.event.rawValue
        milliseconds = UInt64(clamping: body.entry.at.millisecondsSinceEpoch)
        outcome = body.entry.outcome.rawValue
        names = body.names
        (self.node, self.nodeSequence, self.commitment) = (node, nodeSequence, commitment)
    }

    /// The 121 bytes.
    package var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(AuditLeaf.length)
        bytes.append(AuditLeaf.version)
        BigEndian.append(event, to: &bytes)
        BigEndian.append(milliseconds, to: &bytes)
        bytes.append(outcome)
        AuditLeaf.append(names.department, to: &bytes)
        AuditLeaf.append(names.actor, to: &bytes)
        AuditLeaf.append(names.object, to: &bytes)
        AuditLeaf.append(names.request, to: &bytes)
        BigEndian.append(node, to: &bytes)
        BigEndian.append(nodeSequence, to: &bytes)
        bytes.append(AuditLeaf.commitmentAlgorithm)
        commitment.append(to: &bytes)
        return bytes
    }

    private static func append(_ name: AuditPseudonym?, to bytes: inout [UInt8]) {
        if let name {
            name.append(to: &bytes)
        } else {
            bytes.append(contentsOf: repeatElement(0, count: 16))
        }
    }

    /// Reads `encoded`; `nil` for another length, version or commitment algorithm.
    package init?(encoded bytes: [UInt8]) {
        guard bytes.count == AuditLeaf.length, bytes[0] == AuditLeaf.version,
            bytes[88] == AuditLeaf.commitmentAlgorithm, let commitment = Digest(Array(bytes[89..<121]))
        else { return nil }
        event = UInt16(bytes[1]) << 8 | UInt16(bytes[2])
        milliseconds = BigEndian.number(bytes[3..<11])
        outcome = bytes[11]
        names = AuditNames(
            department: AuditLeaf.name(bytes[12..<28]), actor: AuditLeaf.name(bytes[28..<44]),
            object: AuditLeaf.name(bytes[44..<60]), request: AuditLeaf.name(bytes[60..<76]))
        node = UInt32(truncatingIfNeeded: BigEndian.number(bytes[76..<80]))
        nodeSequence = BigEndian.number(bytes[80..<88])
        self.commitment = commitment
    }

    private static func name(_ bytes: ArraySlice<UInt8>) -> AuditPseudonym? {
        bytes.allSatisfy { $0 == 0 } ? nil : AuditPseudonym(bytes: Array(bytes))
    }
}
