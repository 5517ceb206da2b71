import Audit
import Foundation
import GRDB
import Identity
import Licensing
import Testing

@testable import Store

struct SQLiteFileTests {
    @Test func `the writing connection is durable and careful`() throws {
        let store = try SampleStore().store()
        let values = try store.database.write { connection in
            try [
                "journal_mode", "synchronous", "foreign_keys", "trusted_schema", "cell_size_check",
                "wal_autocheckpoint",
            ].map {
                try connection.row("PRAGMA \($0)")
            }
        }
        #expect(try values.first??.text(0) == "wal")
        #expect(try values.dropFirst().map { try $0?.number(0) } == [2, 1, 0, 1, 0])
    }

    @Test func `the file is its owner's alone`() async throws {
        let sample = try SampleStore()
        _ = try await sample.underTest().issue()
        for suffix in ["", "-wal"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: sample.path + suffix)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(suffix)")
        }
    }

    @Test func `the write-ahead log is copied back and does not grow for ever`() async throws {
        var limits = StoreLimits()
        limits.logPages = 500
        let sample = try SampleStore(limits: limits)
        let tested = try sample.underTest()
        var largest = 0
        for _ in 0..<250 {
            _ = try await tested.issue()
            let attributes = try FileManager.default.attributesOfItem(atPath: sample.path + "-wal")
            largest = max(largest, attributes[.size] as? Int ?? 0)
        }
        // 500 groups of some 15 pages would be 30 MB; of 500 pages and twice 32 groups it is 6 MB.
        #expect(largest < 10 << 20, "\(largest) bytes")
    }

    @Test func `everything is there again after reopening`() async throws {
        let sample = try SampleStore()
        let number = try await sample.underTest().issue()
        let note = try await sample.store().latestCheckpoint()
        sample.close()
        #expect(try await sample.underTest().state(of: number) == .valid)
        #expect(try await sample.store().latestCheckpoint() == note)
        let next = try await sample.underTest().issue()
        #expect(next.serial != number.serial)
        #expect(try await sample.report().isSound)
    }

    /// What a stop of the machine would leave while a transaction is open.
    private func copyAmidTransaction(_ path: String, to copy: String) throws {
        try DatabaseQueue(path: path).writeWithoutTransaction { database in
            // A small cache, so that the pages of the open transaction reach the write-ahead log.
            try database.execute(sql: "PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE license SET state = 'revoked'")
            for index in 1000..<3000 {
                try database.execute(
                    sql: "INSERT INTO audit_leaf VALUES (?, ?)", arguments: [index, Data(repeating: 1, count: 500)])
            }
            try copyFiles(path, to: copy)
            try database.execute(sql: "ROLLBACK")
        }
    }

    private func copyFiles(_ path: String, to copy: String) throws {
        for suffix in ["", "-wal"] { try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix) }
    }

    /// A newer program that was killed: with a write-ahead log not yet copied back.
    private func copyOfNewerProgram(_ path: String, to copy: String) throws {
        let keeper = try DatabaseQueue(path: path)
        try keeper.writeWithoutTransaction {
            try $0.execute(sql: "PRAGMA wal_autocheckpoint = 0; INSERT INTO schema_migration VALUES (999, 0)")
        }
        try copyFiles(path, to: copy)
    }

    @Test func `a transaction that its process did not finish leaves nothing`() async throws {
        let sample = try SampleStore()
        let number = try await sample.underTest().issue()
        let copy = sample.folder.appendingPathComponent("copy.sqlite").path
        try copyAmidTransaction(sample.path, to: copy)
        let size = try FileManager.default.attributesOfItem(atPath: copy + "-wal")[.size] as? Int ?? 0
        #expect(size > 500_000)
        let reopened = try sample.another(path: copy)
        #expect(try await reopened.record(of: number)?.state == .valid)
        #expect(try await reopened.allEntries().count == 2)
        #expect(try await reopened.auditVerification(verifier: SampleStore.verifier).isSound)
        try await reopened.append(SampleLicensing.entry(.serviceStarted))
        #expect(try await reopened.auditVerification(verifier: SampleStore.verifier).size == 3)
    }

    @Test(arguments: [StoreMode.readWrite, .readOnly])
    func `a database of a newer program is refused untouched`(mode: StoreMode) async throws {
        let sample = try SampleStore()
        _ = try await sample.underTest().issue()
        sample.close()
        let copy = sample.folder.appendingPathComponent("newer.sqlite").path
        try copyOfNewerProgram(sample.path, to: copy)
        func bytes() -> [Data?] { ["", "-wal"].map { FileManager.default.contents(atPath: copy + $0) } }
        let before = bytes()
        #expect(before[1]?.isEmpty == false)
        #expect(throws: StoreFault.newerSchema(found: 999, known: Migration.known)) {
            try sample.another(mode, path: copy)
        }
        #expect(bytes() == before)
        #expect(!FileManager.default.fileExists(atPath: copy + ".instances"))
    }

    /// Takes a database back to what the first published program made.
    private func makeFirstVersion(_ path: String) throws {
        try DatabaseQueue(path: path).writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA foreign_keys = OFF")
            let tables = Migration.signOn.compactMap { statement in
                statement.split(separator: " ").starts(with: ["CREATE", "TABLE"])
                    ? statement.split(separator: " ")[2] : nil
            }
            #expect(tables.count == 14)
            for table in tables.reversed() { try database.execute(sql: "DROP TABLE \(table)") }
            try database.execute(sql: "DELETE FROM schema_migration WHERE version > 1")
            let left = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'")
            #expect(left == 12)
        }
    }

    @Test func `a database of the first version is brought to this one with all it holds`() async throws {
        let sample = try SampleStore()
        let number = try await sample.underTest().issue()
        sample.close()
        try makeFirstVersion(sample.path)
        #expect(throws: StoreFault.readOnly) { try sample.another(.readOnly) }
        #expect(try await sample.store().record(of: number)?.state == .valid)
        let account = try await sample.booksUnderTest().add()
        #expect(try await sample.store().account(account.id)?.account == account)
        let report = try await sample.report()
        #expect(report.isSound && report.size == 3)
        sample.close()
        #expect(try await sample.another(.readOnly).account(login: "wang")?.account == account)
    }

    @Test func `files of others are refused untouched`() throws {
        let sample = try SampleStore()
        let text = sample.folder.appendingPathComponent("text").path
        try Data("This is no database, but it is long enough to be looked at as if it were one.".utf8).write(
            to: URL(fileURLWithPath: text))
        let foreign = sample.folder.appendingPathComponent("foreign").path
        try DatabaseQueue(path: foreign).write { try $0.execute(sql: "CREATE TABLE note (text TEXT)") }
        for path in [text, foreign] {
            let before = FileManager.default.contents(atPath: path)
            for mode in [StoreMode.readWrite, .readOnly] {
                #expect(throws: StoreFault.notADatabase) { try sample.another(mode, path: path) }
            }
            #expect(FileManager.default.contents(atPath: path) == before)
        }
    }

    @Test func `what is not there is told in one clear line`() throws {
        let sample = try SampleStore()
        let absent = sample.folder.appendingPathComponent("no/such").path
        for (path, mode, words) in [
            (absent, StoreMode.readWrite, "no such folder"), (absent, .readOnly, "no such file"),
            (sample.folder.path, .readWrite, "folder"),
        ] {
            do {
                _ = try sample.another(mode, path: path)
                Issue.record("opened \(path)")
            } catch let fault as StoreFault {
                #expect(fault.description.contains(words), "\(fault)")
                #expect(!fault.description.contains("\n"))
            }
        }
        // A reader makes no file.
        let missing = sample.folder.appendingPathComponent("missing.sqlite").path
        #expect(throws: StoreFault.self) { try sample.another(.readOnly, path: missing) }
        #expect(!FileManager.default.fileExists(atPath: missing))
    }

    @Test func `an empty file becomes a database, but not for a reader`() async throws {
        let sample = try SampleStore()
        #expect(FileManager.default.createFile(atPath: sample.path, contents: Data()))
        #expect(throws: StoreFault.notADatabase) { try sample.another(.readOnly) }
        _ = try await sample.underTest().issue()
    }

    @Test func `a store opened read-only reads, and changes nothing`() async throws {
        let sample = try SampleStore()
        let number = try await sample.underTest().issue()
        let reader = try sample.another(.readOnly)
        #expect(try await reader.record(of: number)?.state == .valid)
        #expect(try await reader.auditVerification(verifier: SampleStore.verifier).isSound)
        let tested = RegisterUnderTest(register: reader, sealing: sample.ports.sealing) { [] }
        await #expect(throws: StoreFault.readOnly) { try await tested.reserve() }
        await #expect(throws: StoreFault.readOnly) { try await tested.revoke(number) }
    }
}
