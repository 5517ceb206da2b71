import PolicyFiles
import Testing

struct BrokenFilesTests {
    /// A linear congruential generator, so that a failure comes again.
    private struct Dice {
        var state: UInt64

        mutating func roll(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % max(1, sides)
        }
    }

    @Test func `a file cut anywhere is read or refused`() throws {
        let bytes = try #require(PolicySample().files[PolicySample.type])
        for length in bytes.indices {
            var sample = PolicySample()
            sample.files[PolicySample.type] = Array(bytes[..<length])
            #expect(try !sample.faults().isEmpty || length >= bytes.count - 1)
        }
    }

    @Test(arguments: 0..<4)
    func `a file changed anywhere is read or refused with places inside it`(seed: UInt64) throws {
        var dice = Dice(state: seed)
        let bytes = try #require(PolicySample().files[PolicySample.type])
        let pieces = [
            "&a", "*a", "<<: ", "\t", "? ", "- ", "[", "{", "'", "\"", "!!map ", "\n", "---\n", "市", ": ", "|\n", "%",
        ]
        for _ in 0..<100 {
            var changed = bytes
            for _ in 0...dice.roll(4) {
                let place = dice.roll(changed.count)
                changed.replaceSubrange(
                    place..<min(changed.count, place + dice.roll(12)), with: pieces[dice.roll(pieces.count)].utf8)
            }
            var sample = PolicySample()
            sample.files[PolicySample.type] = changed
            let lines = changed.count { $0 == 0x0A } + 1
            for fault in try sample.faults() {
                let parts = fault.split(separator: ":")
                let line = try #require(parts.count > 3 ? Int(parts[1]) : nil)
                #expect((1...lines + 1).contains(line), "\(fault)")
            }
        }
    }
}
