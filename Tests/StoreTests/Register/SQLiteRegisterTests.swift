import Audit
import Licensing
import Primitives
import Testing

@testable import Store

struct SQLiteRegisterTests {
    @Test(arguments: RegisterClaim.all) func `the SQLite store does what a register must`(
        claim: RegisterClaim
    ) async throws {
        let sample = try SampleStore()
        try await claim.check(sample.underTest())
        let report = try await sample.report()
        #expect(report.isSound, "\(report.problem ?? "")")
    }

    @Test func `indexes are random, and a new list opens when one is half full`() async throws {
        var limits = StoreLimits()
        limits.statusListCapacity = 64
        let tested = try SampleStore(limits: limits).underTest()
        var places: [StatusPlace] = []
        for _ in 0..<80 { places.append(try await tested.reserve().place) }
        #expect(Set(places).count == 80)
        let sizes = Dictionary(grouping: places, by: \.list).mapValues(\.count)
        #expect(sizes == [1: 32, 2: 32, 3: 16])
        let first = places.prefix(32).map(\.index)
        // 32 draws in rising order come once in 32! runs.
        #expect(first != first.sorted() && first != first.sorted(by: >))
        #expect(first.allSatisfy { (0..<64).contains($0) })
        #expect(first.max() ?? 0 > 32, "all draws in the lower half")
    }

    @Test func `serials and versions run out with a refusal`() async throws {
        let sample = try SampleStore()
        let tested = try sample.underTest()
        let number = try await tested.issue()
        try sample.store().database.write { try $0.execute("UPDATE serial_counter SET next = 10000000") }
        await #expect(throws: RegisterRefusal.exhausted("serial")) { try await tested.reserve() }
        try sample.store().database.write { try $0.execute("UPDATE license SET version = 999") }
        await #expect(throws: RegisterRefusal.exhausted("version")) { try await tested.reserve(previous: number) }
        #expect(try await tested.events().count == 2)
    }

    @Test func `a read never sees half of a change`() async throws {
        let sample = try SampleStore()
        let tested = try sample.underTest()
        var numbers: [LicenseNumber] = []
        for _ in 0..<40 { numbers.append(try await tested.issue()) }
        let writing = Task { [numbers] in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, number) in numbers.enumerated() {
                    group.addTask {
                        if index % 2 == 0 {
                            try await tested.revoke(number)
                        } else {
                            _ = try await tested.issue(previous: number)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        var seen: Set<Int> = []
        while seen.max() ?? 0 < 41 {
            let content = try #require(try await tested.register.statusList(1))
            // Every change here sets one mark and raises the version by one.
            #expect(content.marks.count == content.version - 1)
            for mark in content.marks where mark.state == .superseded { #expect(mark.supersededBy != nil) }
            seen.insert(content.version)
        }
        try await writing.value
        #expect(seen.contains(41))
    }

    @Test func `ten thousand reservations by many tasks are all there`() async throws {
        let count = 10_000
        let sample = try SampleStore()
        let tested = try sample.underTest()
        let start = ContinuousClock.now
        let numbers = try await withThrowingTaskGroup(of: [LicenseNumber].self) { group in
            for _ in 0..<100 {
                group.addTask {
                    var mine: [LicenseNumber] = []
                    for _ in 0..<count / 100 { mine.append(try await tested.reserve().number) }
                    return mine
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let time = ContinuousClock.now - start
        let seconds = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        print("store: \(count) reservations in \(seconds) s, \(Int(Double(count) / seconds)) a second")
        #expect(Set(numbers).count == count)
        #expect(Set(numbers.map(\.serial)).count == count)
        let report = try await sample.report()
        #expect(report.isSound && report.size == count)
    }
}
