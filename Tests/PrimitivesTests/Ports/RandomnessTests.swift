import Primitives
import Testing

struct RandomnessTests {
    /// Gives one 8-byte number after the other.
    private final class Script: Randomness, @unchecked Sendable {
        private var numbers: [UInt64]

        init(_ numbers: [UInt64]) { self.numbers = numbers }

        func bytes(_ count: Int) -> [UInt8] {
            let number = numbers.isEmpty ? 0 : numbers.removeFirst()
            return (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt64(8 * (count - 1 - $0))) }
        }
    }

    @Test func `numbers stay below the bound`() {
        #expect(Script([1_000_003]).number(below: 1000) == 3)
        #expect(Script([.max]).number(below: 1) == 0)
        #expect(Script([5]).number(below: 0) == 0)
        #expect(Script([5]).number(below: -3) == 0)
    }

    @Test func `the part that would favour small numbers is thrown away`() {
        // 2^64 is no multiple of 10, so the last few values of the range are not used.
        #expect(Script([.max, .max - 1, 42]).number(below: 10) == 2)
    }

    /// Counts on, so that a byte given twice would be seen.
    private final class Counter: Randomness, @unchecked Sendable {
        private(set) var draws: [Int] = []
        private var next = 0

        func bytes(_ count: Int) -> [UInt8] {
            draws.append(count)
            defer { next += count }
            return (next..<(next + count)).map { UInt8(truncatingIfNeeded: $0 % 251) }
        }
    }

    @Test func `short draws come from one block in order, and no byte comes twice`() {
        let source = Counter()
        let blocks = BlockRandomness(source)
        var taken: [UInt8] = []
        // 44 bytes do not divide a block: the rest of it is thrown away, never given out with the next one.
        for _ in 0..<93 { taken += blocks.bytes(32) + blocks.bytes(12) }
        #expect(taken == (0..<4_092).map { UInt8(truncatingIfNeeded: $0 % 251) })
        #expect(source.draws == [4_096])
        #expect(blocks.bytes(12) == (4_096..<4_108).map { UInt8(truncatingIfNeeded: $0 % 251) })
        #expect(source.draws == [4_096, 4_096])
    }

    @Test func `long draws and empty ones are the source's own`() {
        let source = Counter()
        let blocks = BlockRandomness(source)
        #expect(blocks.bytes(65).count == 65 && blocks.bytes(0).isEmpty && blocks.bytes(10_000).count == 10_000)
        #expect(source.draws == [65, 0, 10_000])
    }

    @Test func `many threads never get the same bytes`() async {
        let blocks = BlockRandomness(SystemRandomness())
        let all = await withTaskGroup(of: [[UInt8]].self) { group in
            for _ in 0..<8 { group.addTask { (0..<2_000).map { _ in blocks.bytes(16) } } }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(Set(all).count == 16_000)
    }

    private struct SystemRandomness: Randomness {
        func bytes(_ count: Int) -> [UInt8] {
            var generator = SystemRandomNumberGenerator()
            return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
    }
}
