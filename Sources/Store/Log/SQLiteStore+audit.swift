package import Audit
package import Primitives

extension SQLiteStore {
    /// Checks the whole log, the stored checkpoints and the state of every license, on one unchanging view, while
    /// others write on. A damaged file is a finding, not an error.
    ///
    /// - Parameter kept: a checkpoint kept elsewhere (`AuditCheckpoint(note:of:hashing:verifier:)`).
    package func auditVerification(
        verifier: any SignatureVerifier, kept: AuditCheckpoint? = nil
    ) async throws -> AuditReport {
        let (ports, log) = (ports, log)
        return try await database.longRead { connection in
            var check = LogCheck(
                verification: AuditVerification(of: log, kept: kept, hashing: ports.hashing, verifier: verifier),
                ports: ports)
            do {
                try check.run(connection)
            } catch StoreFault.corrupted(let place) {
                check.verification.fail(at: check.verification.soundFrontier.size, place)
            }
            return check.verification.report
        }
    }

    /// The newest signed checkpoint as a note; `nil` before the first entry.
    package func latestCheckpoint() async throws -> String? {
        try await database.read { connection in
            try AuditCheckpointTable.latest(connection).map { String(decoding: $0.note, as: UTF8.self) }
        }
    }

    /// All entries by rising index, as objects with `seq, time, event, outcome, department, actor, object`; entries
    /// appended meanwhile come too.
    package func exportAudit() -> AuditExport {
        AuditExport(store: self)
    }

    /// One page of the export.
    ///
    /// - Throws: `StoreFault.corrupted` when a body is missing, cannot be decrypted or is not understood.
    func exportedEntries(from sequence: Int, limit: Int) async throws -> [JSONObject] {
        let sealing = ports.sealing
        return try await database.read { connection in
            try AuditLeafTable.page(from: sequence, limit: limit, connection).map { row in
                let record = AuditRecord(row, sealing: sealing)
                guard case .present(_, let encoded) = record.body, let body = AuditBody(encoded: encoded) else {
                    throw StoreFault.corrupted("the body of audit entry \(row.sequence) cannot be read")
                }
                return body.exported(sequence: row.sequence)
            }
        }
    }
}

extension AuditRecord {
    /// A stored entry with its body decrypted.
    init(_ row: (sequence: Int, leaf: [UInt8], sealedBody: [UInt8]?), sealing: any Sealing) {
        self.init(
            sequence: row.sequence, leaf: row.leaf,
            body: row.sealedBody.map { AuditRecord.open($0, at: row.sequence, sealing) } ?? .missing)
    }

    private static func open(_ sealed: [UInt8], at sequence: Int, _ sealing: any Sealing) -> Body {
        guard let opened = try? sealing.open(sealed, context: AuditAppender.context(of: sequence)) else {
            return .unreadable
        }
        let bytes = opened.exposedBytes
        return .present(
            salt: Array(bytes.prefix(AuditBody.saltLength)), encoded: Array(bytes.dropFirst(AuditBody.saltLength)))
    }
}
