import Audit
import Foundation
import Identity
import Primitives
import Testing

@testable import Store

/// Not tests of right or wrong: they print how many steps of sign-on a second the store makes. Run with
/// `CHANCERY_BENCH=1`, built for release, pinned to one core.
@Suite(.serialized, .enabled(if: ProcessInfo.processInfo.environment["CHANCERY_BENCH"] != nil))
struct SignOnThroughputTests {
    private func rate(
        _ name: String, tasks: Int, count: Int, _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        let start = ContinuousClock.now
        let before = clock()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<tasks {
                group.addTask { for index in 0..<count / tasks { try await body(task * (count / tasks) + index) } }
            }
            try await group.waitForAll()
        }
        let time = ContinuousClock.now - start
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        let processor = Double(clock() - before) / Double(CLOCKS_PER_SEC) * 1e6 / Double(count)
        print(
            "store: \(name), \(tasks) tasks: \(Int(Double(count) / seconds)) a second, \(Int(processor)) µs of processor each"
        )
    }

    private static func token(_ index: Int) -> AuditEntry {
        AuditEntry(
            .tokenIssued, at: SampleLicensing.at, department: "market", actor: "portal-1",
            details: JSONObject([
                ("portal", "portal-1"), ("grant", "client_credentials"), ("scope", "licenses:read licenses:write"),
                ("token", .string("abcdefghijklmnop\(index)")),
            ]))
    }

    @Test(arguments: [1, 16, 64]) func `tokens with nothing but an entry`(tasks: Int) async throws {
        let store = try SampleStore().store()
        try await rate("audit entries", tasks: tasks, count: tasks == 1 ? 4_000 : 40_000) { index in
            try await store.append(SignOnThroughputTests.token(index))
        }
    }

    @Test(arguments: [16, 64]) func `values spent`(tasks: Int) async throws {
        let store = try SampleStore().store()
        try await rate("values spent", tasks: tasks, count: 40_000) { _ in
            _ = try await store.spend(.dpopProof, try BooksUnderTest.digest(), until: BooksUnderTest.after(60))
        }
    }

    @Test(arguments: [100, 100_000]) func `refreshes and looks`(grants: Int) async throws {
        let sample = try SampleStore()
        let tested = try sample.booksUnderTest()
        let account = try await tested.add()
        let session = try await tested.signIn(account)
        let families = try await withThrowingTaskGroup(of: [RefreshFamily].self) { group in
            for _ in 0..<50 {
                group.addTask {
                    var mine: [RefreshFamily] = []
                    for _ in 0..<grants / 50 {
                        mine.append(try await tested.granted(account, session, isOffline: true).family)
                    }
                    return mine
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let store = try sample.store()
        try await rate("families read of \(grants)", tasks: 16, count: 40_000) { index in
            _ = try await store.family(families[index * 7919 % grants].id)
        }
        try await rate("refreshes of \(grants)", tasks: 64, count: 40_000) { index in
            let outcome = try await tested.refresh(families[index * 7919 % grants], rotates: false)
            #expect(outcome != .dead)
        }
        try await rate("looks at a token of \(grants)", tasks: 16, count: 100_000) { index in
            let family = families[index * 7919 % grants]
            _ = try await store.live(family.grantID, token: "t\(index)", at: BooksUnderTest.after(20))
        }
    }
}
