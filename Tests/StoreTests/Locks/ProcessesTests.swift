import Audit
import Foundation
import Licensing
import Testing

@testable import Store

/// Several processes on one database; here several stores, which share nothing but the file.
struct ProcessesTests {
    @Test func `two services on one database refuse each other`() throws {
        let sample = try SampleStore()
        var first: SQLiteStore? = try sample.another()
        let second = try sample.another()
        try first?.acquireServiceLock()
        try first?.acquireServiceLock()
        #expect(throws: StoreFault.locked) { try second.acquireServiceLock() }
        first = nil
        #expect(throws: Never.self) { try second.acquireServiceLock() }
    }

    @Test func `commands work beside a service, and it sees their effect`() async throws {
        let sample = try SampleStore()
        try sample.store().acquireServiceLock()
        let command = try sample.another()
        let tested = RegisterUnderTest(register: command, sealing: sample.ports.sealing) { [] }
        let number = try await tested.issue()
        #expect(try await sample.store().record(of: number)?.state == .valid)
        try await sample.underTest().revoke(number)
        #expect(try await command.record(of: number)?.state == .revoked)
    }

    @Test func `two processes that write at once make one log`() async throws {
        let sample = try SampleStore()
        let stores = try [sample.another(), sample.another(), sample.another()]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for store in stores {
                let tested = RegisterUnderTest(register: store, sealing: sample.ports.sealing) { [] }
                for _ in 0..<10 { group.addTask { for _ in 0..<5 { _ = try await tested.issue() } } }
            }
            try await group.waitForAll()
        }
        let report = try await sample.report()
        #expect(report.isSound && report.size == 300, "\(report.problem ?? "")")
    }

    @Test func `pending licenses are taken over only when their process is gone`() async throws {
        let sample = try SampleStore()
        var worker: SQLiteStore? = try sample.another()
        var numbers: [LicenseNumber] = []
        for index in 0..<3 {
            let intent = try SampleLicensing.intent(sample.ports.sealing, application: "\(index)")
            let reservation = try await worker?.reserve(intent) { SampleLicensing.entry(.numberReserved, $0) }
            numbers.append(try #require(reservation).number)
        }
        #expect(try await worker?.unfinished() == [])
        #expect(try await sample.store().unfinished() == [])
        worker = nil
        let found = try await sample.store().unfinished()
        #expect(found.map(\.number) == numbers)
        #expect(found.allSatisfy { $0.state == .pending })
        // They are this process's now: neither it nor another one is told again.
        #expect(try await sample.store().unfinished() == [])
        let third = try sample.another()
        #expect(try await third.unfinished() == [])
        try await sample.underTest().complete(numbers[0])
        sample.close()
        #expect(try await third.unfinished().map(\.number) == Array(numbers.dropFirst()))
    }

    @Test func `only one of many takes a dead process's licenses over`() async throws {
        let sample = try SampleStore()
        for _ in 0..<5 { _ = try await sample.underTest().reserve() }
        sample.close()
        let stores = try (0..<6).map { _ in try sample.another() }
        let taken = try await withThrowingTaskGroup(of: Int.self) { group in
            for store in stores { group.addTask { try await store.unfinished().count } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(taken.reduce(0, +) == 5)
    }

    @Test func `what dead processes left is cleared, what living ones hold is not`() throws {
        let sample = try SampleStore()
        let folder = sample.path + ".instances"
        let living = try sample.another()
        let dead = String(repeating: "0f", count: 16)
        #expect(FileManager.default.createFile(atPath: "\(folder)/\(dead)", contents: nil))
        let another = try sample.another()
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.count == 2 && !names.contains(dead))
        #expect(living.writing?.instances.own != another.writing?.instances.own)
    }
}
