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
}
