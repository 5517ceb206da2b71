import Audit
import Foundation
import Licensing
import Testing

@testable import Store

struct FullDiskTests {
    /// Fills the disk; returns the licenses that were acknowledged.
    private func fill(_ tested: RegisterUnderTest) async throws -> [LicenseNumber] {
        var done: [LicenseNumber] = []
        while done.count < 10_000 {
            do {
                done.append(try await tested.issue())
            } catch let fault as StoreFault {
                #expect(fault == .diskFull)
                return done
            }
        }
        Issue.record("the disk never became full")
        return done
    }

    private func expectWhole(_ sample: SampleStore, _ numbers: [LicenseNumber]) async throws {
        let tested = try sample.underTest()
        for number in numbers { #expect(try await tested.state(of: number) == .valid) }
        let report = try await sample.report()
        #expect(report.isSound, "\(report.problem ?? "")")
        #expect(report.size >= numbers.count * 2)
    }

    @Test func `a full database refuses writes, keeps what it said, and reads on`() async throws {
        var limits = StoreLimits()
        limits.maximumPages = 100
        let sample = try SampleStore(limits: limits)
        let numbers = try await fill(sample.underTest())
        #expect(numbers.count > 10)
        try await expectWhole(sample, numbers)
        await #expect(throws: StoreFault.diskFull) {
            for _ in 0..<20 { _ = try await sample.underTest().issue() }
        }
        #expect(sample.fatalFaults == [])
        sample.close()
        // With room again it goes on.
        let larger = try sample.another(limits: StoreLimits())
        let tested = RegisterUnderTest(register: larger, sealing: sample.ports.sealing) { [] }
        _ = try await tested.issue()
        #expect(try await larger.auditVerification(verifier: SampleStore.verifier).isSound)
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount"))
    func `a full file system refuses writes, and resumes by itself`() async throws {
        let disk = try SmallDisk(kilobytes: 3_000)
        let ballast = disk.folder.appendingPathComponent("ballast")
        try Data(repeating: 1, count: 1_000_000).write(to: ballast)
        let sample = try SampleStore(in: disk.folder)
        let numbers = try await fill(sample.underTest())
        #expect(numbers.count > 10)
        try await expectWhole(sample, numbers)
        try FileManager.default.removeItem(at: ballast)
        for _ in 0..<5 { _ = try await sample.underTest().issue() }
        #expect(try await sample.report().isSound)
        #expect(sample.fatalFaults == [])
        sample.close()
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount"))
    func `a read-only file system is told as such`() async throws {
        let disk = try SmallDisk(kilobytes: 4_000)
        let sample = try SampleStore(in: disk.folder)
        _ = try await sample.underTest().issue()
        sample.close()
        try disk.makeReadOnly()
        #expect(throws: StoreFault.readOnly) { try sample.another() }
        // SQLite reads a write-ahead log only where it may lock beside it.
        #expect(throws: StoreFault.self) { try sample.another(.readOnly) }
    }

    @Test(.enabled(if: geteuid() != 0, "root may write everything"))
    func `a file without write permission is told as such`() async throws {
        let sample = try SampleStore()
        _ = try await sample.underTest().issue()
        sample.close()
        try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: sample.path)
        #expect(throws: StoreFault.readOnly) { try sample.another() }
        try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: sample.path)
        #expect(throws: StoreFault.cannotOpen(path: sample.path, reason: "permission denied")) {
            try sample.another(.readOnly)
        }
    }
}
