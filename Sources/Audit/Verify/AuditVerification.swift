package import Primitives

/// Checks a whole log in one pass, entry by entry and checkpoint by checkpoint, and stops at the first fault.
///
/// It finds every change of a leaf, a body, a stored root or a note, and every gap. What it cannot find by itself is a
/// log rewound to one of its own checkpoints, everything later deleted: for that it takes a checkpoint kept elsewhere.
package struct AuditVerification {
    private let log: AuditLogIdentity
    private let hashing: any Hashing
    private let verifier: any SignatureVerifier
    private let kept: AuditCheckpoint?
    private var frontier = MerkleFrontier()
    /// The size of the last checkpoint that fitted.
    private var covered = 0
    private var firstBadEntry: Int?
    private var problem: String?

    /// - Parameter kept: a checkpoint of this log from elsewhere, already checked for its signature.
    package init(
        of log: AuditLogIdentity, kept: AuditCheckpoint?, hashing: any Hashing, verifier: any SignatureVerifier
    ) {
        (self.log, self.kept, self.hashing, self.verifier) = (log, kept, hashing, verifier)
    }

    package var report: AuditReport {
        AuditReport(
            size: frontier.size, root: frontier.root(hashing: hashing), firstBadEntry: firstBadEntry, problem: problem)
    }

    /// The frontier over all sound entries, to compare with the stored one.
    package var soundFrontier: MerkleFrontier { frontier }

    /// Reads the log to its end or to its first fault.
    ///
    /// - Parameters:
    ///   - nextCheckpoint: stored checkpoints by rising size, then `nil`.
    ///   - nextRecord: stored entries by rising index, then `nil`.
    ///   - body: called with index and body of each sound entry.
    /// - Throws: what the two sources throw.
    package mutating func run(
        nextCheckpoint: () throws -> StoredCheckpoint?, nextRecord: () throws -> AuditRecord?,
        body: (Int, AuditBody) -> Void
    ) throws {
        checkKept()
        while problem == nil, let checkpoint = try nextCheckpoint() {
            while problem == nil, frontier.size < checkpoint.size {
                guard let record = try nextRecord() else {
                    fail(at: frontier.size, "entries are missing that a checkpoint covers")
                    break
                }
                append(record, body: body)
            }
            if problem == nil { check(checkpoint) }
        }
        if problem == nil, try nextRecord() != nil {
            fail(at: frontier.size, "no checkpoint covers the last entries")
        }
        if problem == nil, let kept, kept.size > frontier.size {
            fail(at: frontier.size, "entries are missing that the given checkpoint covers")
        }
    }

    /// Notes a fault found by the caller beside the tree; the first one stays.
    package mutating func fail(at entry: Int?, _ problem: String) {
        guard self.problem == nil else { return }
        (firstBadEntry, self.problem) = (entry, problem)
    }

    private mutating func append(_ record: AuditRecord, body: (Int, AuditBody) -> Void) {
        let index = frontier.size
        guard record.sequence == index else { return fail(at: index, "the entry is missing") }
        switch check(record) {
        case .failure(let fault): fail(at: index, fault.problem)
        case .success(let found):
            frontier.append(hashing.merkleLeaf(record.leaf), hashing: hashing)
            body(index, found)
            checkKept()
        }
    }

    private struct RecordFault: Error {
        let problem: String
    }

    private func check(_ record: AuditRecord) -> Result<AuditBody, RecordFault> {
        guard let leaf = AuditLeaf(encoded: record.leaf) else { return .failure(.init(problem: "the leaf is damaged")) }
        switch record.body {
        case .missing: return .failure(.init(problem: "the body is missing"))
        case .unreadable: return .failure(.init(problem: "the body cannot be decrypted"))
        case .present(let salt, let encoded):
            guard AuditBody.commitment(salt: salt, encodedBody: encoded, hashing: hashing) == leaf.commitment else {
                return .failure(.init(problem: "the body does not fit the leaf's commitment"))
            }
            guard let body = AuditBody(encoded: encoded) else {
                return .failure(.init(problem: "the body is not understood"))
            }
            // Every other byte of the leaf follows from the body and the place in the log.
            let expected = AuditLeaf(
                body, node: AuditLeaf.soleNode, nodeSequence: UInt64(record.sequence), commitment: leaf.commitment)
            guard expected.encoded == record.leaf else {
                return .failure(.init(problem: "the leaf says another thing than the body"))
            }
            return .success(body)
        }
    }

    private mutating func check(_ stored: StoredCheckpoint) {
        let root = frontier.root(hashing: hashing)
        let place = "the checkpoint at size \(stored.size)"
        guard stored.size == frontier.size else { return fail(at: nil, "\(place) is out of order") }
        do throws(CheckpointFault) {
            let checkpoint = try AuditCheckpoint(note: stored.note, of: log, hashing: hashing, verifier: verifier)
            guard checkpoint.size == stored.size, checkpoint.root.bytes == stored.root else {
                return fail(at: nil, "\(place) is stored with another size or root than was signed")
            }
            guard checkpoint.root == root else {
                return fail(at: covered, "the entries since the last sound checkpoint do not give the root of \(place)")
            }
            covered = checkpoint.size
        } catch {
            fail(at: nil, "\(place) is not good: \(error)")
        }
    }

    private mutating func checkKept() {
        guard let kept, kept.size == frontier.size, kept.root != frontier.root(hashing: hashing) else { return }
        fail(at: nil, "the given checkpoint does not fit: the log was rewritten before size \(kept.size)")
    }
}

extension AuditVerification {
    /// Checks a log that is wholly at hand.
    package static func verify(
        records: some Sequence<AuditRecord>, checkpoints: some Sequence<StoredCheckpoint>, of log: AuditLogIdentity,
        kept: AuditCheckpoint? = nil, hashing: any Hashing, verifier: any SignatureVerifier
    ) -> AuditReport {
        var verification = AuditVerification(of: log, kept: kept, hashing: hashing, verifier: verifier)
        var (nextRecord, nextCheckpoint) = (records.makeIterator(), checkpoints.makeIterator())
        do {
            try verification.run(
                nextCheckpoint: { nextCheckpoint.next() }, nextRecord: { nextRecord.next() }, body: { _, _ in })
        } catch {
            // The iterators above throw nothing; a fault here must still not pass for a sound log.
            verification.fail(at: nil, "the log could not be read")
        }
        return verification.report
    }
}
