import Audit
import Foundation
import Licensing
import Testing

@testable import Store

struct ClosingTests {
    private func files(_ sample: SampleStore) throws -> [String] {
        let top = try FileManager.default.contentsOfDirectory(atPath: sample.folder.path)
        let instances = sample.path + ".instances"
        return top.sorted() + ((try? FileManager.default.contentsOfDirectory(atPath: instances)) ?? [])
    }

    @Test func `a closed store leaves neither log nor instance file, though it is still held`() async throws {
        let sample = try SampleStore()
        let store = try sample.store()
        _ = try await sample.underTest().issue()
        #expect(try files(sample).contains("chancery.sqlite-wal"))
        #expect(try files(sample).count == 5)
        store.close()
        #expect(try files(sample) == ["chancery.sqlite", "chancery.sqlite.instances"])
        store.close()
        #expect(try files(sample) == ["chancery.sqlite", "chancery.sqlite.instances"])
        withExtendedLifetime(store) {}
    }

    @Test func `what was begun is finished, and what comes later is refused`() async throws {
        let sample = try SampleStore()
        let store = try sample.store()
        let tested = try sample.underTest()
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<200 { group.addTask { (try? await tested.reserve()) != nil } }
            group.addTask {
                try? await Task.sleep(for: .milliseconds(5))
                store.close()
                return false
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        await #expect(throws: StoreFault.closed) { try await tested.reserve() }
        await #expect(throws: StoreFault.self) { try await store.latestCheckpoint() }
        sample.close()
        let report = try await sample.report()
        #expect(report.isSound && report.size == outcomes)
    }

    @Test func `closing gives the service's place free and leaves other stores be`() async throws {
        let sample = try SampleStore()
        let (first, second) = (try sample.store(), try sample.another())
        try first.acquireServiceLock()
        #expect(throws: StoreFault.locked) { try second.acquireServiceLock() }
        first.close()
        try second.acquireServiceLock()
        try await second.append(SampleLicensing.entry(.serviceStarted))
        #expect(try await second.allEntries().count == 1)
        second.close()
        #expect(try files(sample).filter { $0.hasSuffix("-wal") }.isEmpty)
    }

    @Test func `a store opened for reading closes too`() async throws {
        let sample = try SampleStore()
        _ = try await sample.underTest().issue()
        let reader = try sample.another(.readOnly)
        reader.close()
        await #expect(throws: StoreFault.self) { try await reader.latestCheckpoint() }
        #expect(try await sample.underTest().events().count == 2)
    }
}
