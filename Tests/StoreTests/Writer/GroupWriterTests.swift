import Audit
import Foundation
import GRDB
import Licensing
import Primitives
import Synchronization
import Testing

@testable import Store

struct GroupWriterTests {
    /// Holds the database as another program would, until the returned value is let go.
    private final class Holder: Sendable {
        private let queue: DatabaseQueue

        init(_ path: String) throws {
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.unsafeReentrantWrite { try $0.execute(sql: "BEGIN EXCLUSIVE") }
        }

        func release() throws {
            try queue.unsafeReentrantWrite { try $0.execute(sql: "ROLLBACK") }
        }
    }

    @Test func `a locked database is told soon, reads go on, and writing goes on after it`() async throws {
        let sample = try SampleStore(limits: .service)
        let tested = try sample.underTest()
        let number = try await tested.issue()
        let holder = try Holder(sample.path)
        let waits = await withTaskGroup(of: Duration.self) { group in
            for delay in 0..<9 {
                group.addTask {
                    try? await Task.sleep(for: .milliseconds(delay * 60))
                    let begun = ContinuousClock.now
                    await #expect(throws: RegisterRefusal.busy) { try await tested.reserve() }
                    return ContinuousClock.now - begun
                }
            }
            return await group.reduce(into: []) { $0.append($1) }.sorted()
        }
        // Longer than the limit of a service on a machine that is busy with other tests, but never a command's patience.
        let patience = Duration.milliseconds(StoreLimits().busyTimeoutMilliseconds)
        #expect(waits[8] < patience, "\(waits)")
        #expect(try await tested.state(of: number) == .valid)
        try holder.release()
        let again = ContinuousClock.now
        _ = try await tested.reserve()
        #expect(ContinuousClock.now - again < .seconds(2))
        #expect(try await tested.events().count == 3)
    }

    @Test func `a lock that goes in time is waited for`() async throws {
        let sample = try SampleStore()
        let tested = try sample.underTest()
        let holder = try Holder(sample.path)
        async let number = tested.issue()
        try await Task.sleep(for: .milliseconds(300))
        try holder.release()
        #expect(try await tested.state(of: number) == .valid)
    }

    @Test func `more than may wait are refused at once`() async throws {
        var limits = StoreLimits()
        (limits.waitingChanges, limits.busyTimeoutMilliseconds) = (10, 120_000)
        let sample = try SampleStore(limits: limits)
        let tested = try sample.underTest()
        let holder = try Holder(sample.path)
        let refused = Refused()
        let outcomes = Task {
            await withTaskGroup(of: String.self) { group in
                for _ in 0..<60 {
                    group.addTask {
                        do {
                            _ = try await tested.reserve()
                            return "done"
                        } catch {
                            refused.count.add(1, ordering: .relaxed)
                            return "\(error)"
                        }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
        }
        // However late the sixty get their turns: all but twenty are refused before the writer can go on.
        let end = ContinuousClock.now + .seconds(110)
        while refused.count.load(ordering: .relaxed) < 40, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(10))
        }
        try holder.release()
        let counts = await outcomes.value
        #expect(Set(counts.keys) == ["done", "\(RegisterRefusal.busy)"])
        // Ten waiting, and the group that was begun.
        #expect((10...20).contains(counts["done"] ?? 0), "\(counts)")
        #expect(try await tested.events().count == counts["done"])
        #expect(try await sample.report().isSound)
    }

    @Test func `a change that fails takes no other with it`() async throws {
        let sample = try SampleStore()
        let tested = try sample.underTest()
        let number = try await tested.issue()
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for index in 0..<100 {
                group.addTask {
                    if index % 2 == 0 { return (try? await tested.reserve()) != nil }
                    return (try? await tested.complete(number)) != nil
                }
            }
            return await group.reduce(into: [false: 0, true: 0]) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes == [true: 50, false: 50])
        #expect(try await tested.events().count == 52)
        #expect(try await sample.report().isSound)
    }

    struct Failure: Error, Equatable {}

    /// How often each change was run.
    private final class Runs: Sendable {
        private let counts = Mutex<[Int: Int]>([:])

        func note(_ change: Int) { counts.withLock { $0[change, default: 0] += 1 } }

        var all: [Int: Int] { counts.withLock { $0 } }
    }

    @Test func `a change that throws late leaves nothing, neither rows nor entries`() async throws {
        let sample = try SampleStore()
        let store = try sample.store()
        let before = try await sample.underTest().issue()
        await #expect(throws: Failure()) {
            try await store.write { _, connection -> Change<Int> in
                try LicenseTable.set(.revoked, of: before, connection)
                throw Failure()
            }
        }
        #expect(try await sample.underTest().state(of: before) == .valid)
        #expect(try await store.allEntries().count == 2)
    }

    @Test func `changes that throw late take no others of their group with them`() async throws {
        let sample = try SampleStore()
        let store = try sample.store()
        let runs = Runs()
        let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
            for index in 0..<120 {
                group.addTask {
                    let result: Void? = try? await store.write { _, connection in
                        runs.note(index)
                        if index % 3 == 1 { throw Failure() }
                        let hash = Digest([UInt8](repeating: UInt8(index), count: 32))
                        try connection.execute(
                            "INSERT INTO audit_pseudonym (lookup, pseudonym) VALUES (?, ?)",
                            [SQLValue(hash), .blob([UInt8](repeating: UInt8(index), count: 16))])
                        if index % 30 == 2 { throw Failure() }
                        return Change((), entries: [SampleLicensing.entry(.serviceStarted)])
                    }
                    return (index, result != nil)
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        let expected = (0..<120).filter { $0 % 3 != 1 && $0 % 30 != 2 }
        #expect(outcomes.filter(\.value).keys.sorted() == expected)
        let kept = try await store.database.read { try $0.rows("SELECT lookup FROM audit_pseudonym") }
        let lookups = try Set(kept.map { try $0.blob(0) })
        for index in 0..<120 {
            #expect(lookups.contains([UInt8](repeating: UInt8(index), count: 32)) == expected.contains(index))
        }
        #expect(try await store.allEntries().count == expected.count)
        #expect(runs.all.values.allSatisfy { $0 <= 2 } && runs.all.count == 120)
        #expect(try await sample.report().isSound)
    }

    @Test func `a change that throws having changed nothing has its group run once`() async throws {
        let sample = try SampleStore()
        let store = try sample.store()
        let runs = Runs()
        await #expect(throws: Failure()) {
            try await store.write { _, connection -> Change<Int> in
                runs.note(0)
                _ = try connection.rows("SELECT seq FROM audit_leaf")
                throw Failure()
            }
        }
        #expect(runs.all == [0: 1])
    }

    @Test func `a change of state without an entry is refused`() async throws {
        let sample = try SampleStore()
        let number = try await sample.underTest().issue()
        await #expect(throws: StoreFault.self) {
            try await sample.store().write { _, connection in
                try LicenseTable.set(.revoked, of: number, connection)
                return Change((), entries: [], states: [number: .revoked])
            }
        }
        #expect(try await sample.underTest().state(of: number) == .valid)
    }

    @Test func `a failed commit stops the writer: the outcome is unknown`() async throws {
        let sample = try SampleStore()
        let store = try sample.store()
        _ = try await sample.underTest().issue()
        await #expect(throws: StoreFault.commitFailed) {
            try await store.write { _, connection in
                // A broken reference that is only looked at when the transaction ends: COMMIT itself fails.
                try connection.execute("PRAGMA defer_foreign_keys = ON")
                try connection.execute(
                    "INSERT INTO license_document (number, format, sealed, digest) VALUES ('none', 'pdf', x'00', x'00')"
                )
                return Change((), entries: [SampleLicensing.entry(.serviceStarted)])
            }
        }
        #expect(sample.fatalFaults == [.commitFailed])
        await #expect(throws: StoreFault.inputOutput) { try await sample.underTest().reserve() }
        sample.close()
        let report = try await sample.report()
        #expect(report.isSound && report.size == 2)
    }

    @Test func `one checkpoint is signed for each group, and groups hold many changes`() async throws {
        let sample = try SampleStore()
        let tested = try sample.underTest()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<300 { group.addTask { _ = try await tested.reserve() } }
            try await group.waitForAll()
        }
        let checkpoints = try await sample.store().database.read {
            try $0.row("SELECT COUNT(*), MAX(size) FROM audit_checkpoint").map { (try $0.number(0), try $0.number(1)) }
        }
        let (count, size) = try #require(checkpoints)
        #expect(size == 300)
        #expect(count < 150)
    }
}

/// How many changes were refused so far.
private final class Refused: Sendable {
    let count = Atomic(0)
}
