import Audit
import Foundation
import GRDB
import Licensing
import Primitives
import Testing

@testable import Store

/// Somebody writes in the database beside us; `audit verify` must say so.
struct LogCheckTests {
    /// A register with some life in it: ten entries in several groups.
    private func sample() async throws -> SampleStore {
        let sample = try SampleStore()
        let tested = try sample.underTest()
        for _ in 0..<2 { _ = try await tested.issue() }
        let old = try await tested.issue()
        _ = try await tested.issue(previous: old)
        try await tested.register.append(SampleLicensing.entry(.serviceStopped))
        let report = try await sample.report()
        #expect(report.isSound && report.size == 10)
        return sample
    }

    /// Changes the file as any other program could.
    private func tamper(_ sample: SampleStore, _ change: (Database) throws -> Void) throws {
        let queue = try DatabaseQueue(path: sample.path)
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA foreign_keys = OFF")
            try change(database)
        }
    }

    private func flip(_ sample: SampleStore, _ table: String, _ column: String, row: String, byte: Int? = nil) throws {
        try tamper(sample) { database in
            let sql = "SELECT \(column) FROM \(table) WHERE \(row)"
            var bytes = try #require(try Data.fetchOne(database, sql: sql))
            let place = byte ?? Int.random(in: 0..<bytes.count)
            bytes[place] ^= UInt8(1 << Int.random(in: 0..<8))
            try database.execute(sql: "UPDATE \(table) SET \(column) = ? WHERE \(row)", arguments: [bytes])
        }
    }

    @Test(arguments: 0..<10) func `a flipped byte of a leaf or body names its entry`(entry: Int) async throws {
        for (table, column) in [("audit_leaf", "leaf"), ("audit_body", "sealed")] {
            let sample = try await sample()
            try flip(sample, table, column, row: "seq = \(entry)")
            let report = try await sample.report()
            #expect(report.firstBadEntry == entry, "\(report.problem ?? "sound")")
            #expect(report.size == entry)
        }
    }

    @Test func `every byte of a leaf counts`() async throws {
        let sample = try await sample()
        var good = Data()
        try tamper(sample) {
            good = try #require(try Data.fetchOne($0, sql: "SELECT leaf FROM audit_leaf WHERE seq = 4"))
        }
        #expect(good.count == AuditLeaf.length)
        for byte in good.indices {
            try flip(sample, "audit_leaf", "leaf", row: "seq = 4", byte: byte)
            let report = try await sample.report()
            #expect(report.firstBadEntry == 4, "byte \(byte): \(report.problem ?? "sound")")
            try tamper(sample) {
                try $0.execute(sql: "UPDATE audit_leaf SET leaf = ? WHERE seq = 4", arguments: [good])
            }
        }
        #expect(try await sample.report().isSound)
    }

    @Test(arguments: ["root", "note"]) func `a flipped byte of a checkpoint is found and its size named`(
        column: String
    ) async throws {
        let sample = try await sample()
        try flip(
            sample, "audit_checkpoint", column, row: "size = (SELECT MAX(size) FROM audit_checkpoint WHERE size < 8)")
        let report = try await sample.report()
        #expect(!report.isSound)
        #expect(report.problem?.contains("the checkpoint at size") == true)
        #expect(report.size < 8)
    }

    @Test func `a flipped byte of the frontier is found, and nothing is signed on top of it`() async throws {
        for byte in [0, 7, 8, 39, 71] {
            let sample = try await sample()
            try flip(sample, "audit_frontier", "frontier", row: "id = 1", byte: byte)
            #expect(try await !sample.report().isSound)
            let entry = SampleLicensing.entry(.serviceStarted)
            await #expect(throws: StoreFault.self) { try await sample.store().append(entry) }
            #expect(try await sample.store().allEntries().count == 10)
        }
    }

    @Test(
        arguments: [
            ("DELETE FROM audit_leaf WHERE seq = 3", 3), ("DELETE FROM audit_body WHERE seq = 5", 5),
            ("DELETE FROM audit_leaf WHERE seq >= 8; DELETE FROM audit_body WHERE seq >= 8", 8),
            ("UPDATE audit_leaf SET seq = 99 WHERE seq = 6; UPDATE audit_body SET seq = 99 WHERE seq = 6", 6),
            ("UPDATE audit_body SET sealed = (SELECT sealed FROM audit_body WHERE seq = 1) WHERE seq = 2", 2),
            ("UPDATE audit_leaf SET leaf = 'text' WHERE seq = 7", nil),
            ("UPDATE audit_leaf SET leaf = x'00' WHERE seq = 7", 7),
            ("INSERT INTO audit_leaf SELECT 10, leaf FROM audit_leaf WHERE seq = 9", 10),
            ("DELETE FROM audit_checkpoint", 0), ("DELETE FROM audit_checkpoint WHERE size = 10", nil),
            ("UPDATE audit_checkpoint SET size = size + 1 WHERE size = 10", 10),
            ("DELETE FROM audit_frontier", nil), ("DROP TABLE audit_body", nil),
        ] as [(String, Int?)])
    func `entries removed, moved, swapped or added are found`(sql: String, entry: Int?) async throws {
        let sample = try await sample()
        try tamper(sample) { try $0.execute(sql: sql) }
        do {
            let report = try await sample.report()
            #expect(!report.isSound)
            if let entry { #expect(report.firstBadEntry == entry, "\(report.problem ?? "")") }
        } catch let fault as StoreFault {
            // A table that is gone cannot be read at all.
            #expect(sql.hasPrefix("DROP"), "\(fault)")
        }
    }

    @Test(
        arguments: [
            ("UPDATE license SET state = 'valid' WHERE state = 'superseded'", 7),
            ("UPDATE license SET state = 'revoked' WHERE number = (SELECT MIN(number) FROM license)", 1),
            ("DELETE FROM license WHERE number = (SELECT MIN(number) FROM license)", 1),
            ("UPDATE license SET state = 'void' WHERE state = 'valid'", nil),
        ] as [(String, Int?)])
    func `a register that does not follow from the log is found`(sql: String, entry: Int?) async throws {
        let sample = try await sample()
        try tamper(sample) { try $0.execute(sql: sql) }
        let report = try await sample.report()
        #expect(!report.isSound)
        if let entry { #expect(report.firstBadEntry == entry, "\(report.problem ?? "")") }
    }

    @Test func `a license slipped in is found`() async throws {
        let sample = try await sample()
        try tamper(sample) { database in
            try database.execute(
                sql: """
                    INSERT INTO license SELECT number || 'X', type_id, type_code, department_id, issuer_code, '77', version,
                    state, x'00', sealed_application, valid_from, valid_until, reserved_at, issued_at, status_list,
                    status_index + 1, previous, next, NULL, NULL, owner FROM license LIMIT 1
                    """)
        }
        #expect(try await !sample.report().isSound)
    }

    @Test func `a log rewound to an earlier checkpoint is found by one that was kept`() async throws {
        let sample = try await sample()
        let note = try #require(try await sample.store().latestCheckpoint())
        let kept = try AuditCheckpoint(
            note: Array(note.utf8), of: sample.key.identity, hashing: sample.ports.hashing,
            verifier: SampleStore.verifier)
        #expect(try await sample.report(kept: kept).isSound)
        _ = try await sample.underTest().issue()
        #expect(try await sample.report(kept: kept).isSound)
        sample.close()
        let backup = try await self.sample()
        let foreign = try #require(try await backup.store().latestCheckpoint())
        #expect(throws: CheckpointFault.self) {
            try AuditCheckpoint(
                note: Array(foreign.utf8), of: sample.key.identity, hashing: sample.ports.hashing,
                verifier: SampleStore.verifier)
        }
    }

    @Test func `the check and the export go on while others write`() async throws {
        let sample = try await sample()
        let tested = try sample.underTest()
        let writing = Task { for _ in 0..<60 { _ = try await tested.issue() } }
        for _ in 0..<5 {
            #expect(try await sample.report().isSound)
            let sequence = try await sample.store().allEntries().map { $0["seq"]?.integer }
            #expect(sequence == (0..<Int64(sequence.count)).map { $0 })
        }
        try await writing.value
        #expect(try await sample.report().size == 130)
    }

    @Test func `flips anywhere in the file are errors, findings or harmless, never a trap`() async throws {
        let sample = try await sample()
        let numbers = try await sample.store().allEntries().compactMap { $0["object"]?.string }
        sample.close()
        let whole = try #require(FileManager.default.contents(atPath: sample.path))
        let copy = sample.folder.appendingPathComponent("flipped.sqlite").path
        var found = 0
        for round in 0..<300 {
            var bytes = whole
            if round % 10 == 0 {
                bytes = Data(bytes.prefix(Int.random(in: 0..<bytes.count)))
            } else {
                bytes[Int.random(in: 0..<bytes.count)] ^= UInt8(1 << Int.random(in: 0..<8))
            }
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: copy + suffix) }
            try bytes.write(to: URL(fileURLWithPath: copy))
            do {
                let store = try sample.another(.readOnly, path: copy)
                let report = try await store.auditVerification(verifier: SampleStore.verifier)
                if !report.isSound { found += 1 }
                for number in Set(numbers).compactMap({ LicenseNumber($0) }) {
                    _ = try await store.record(of: number)
                    _ = try await store.history(of: number)
                }
            } catch {
                found += 1
            }
        }
        #expect(found > 30)
    }
}
