import Foundation
import Licensing
import Testing

/// Not a test of right or wrong: prints how many licenses a second become durable. Run with `CHANCERY_BENCH=1`.
struct ThroughputTests {
    @Test(
        .serialized, .enabled(if: ProcessInfo.processInfo.environment["CHANCERY_BENCH"] != nil),
        arguments: [1, 8, 64, 256])
    func `licenses become durable at a rate that is printed`(tasks: Int) async throws {
        let count = 4_096
        let sample = try SampleStore()
        let tested = try sample.underTest()
        let start = ContinuousClock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<tasks {
                group.addTask { for _ in 0..<count / tasks { _ = try await tested.issue() } }
            }
            try await group.waitForAll()
        }
        let time = ContinuousClock.now - start
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        print(
            "store: \(tasks) tasks, \(count) licenses (reserve, complete) in \(seconds) s: \(Int(Double(count) / seconds)) a second"
        )
    }
}
