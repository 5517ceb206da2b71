import Identity

extension Reader where Output == SignInPolicy.ScryptCost {
    /// Bytes of memory for one hash, 128 · n · r (RFC 7914 §2).
    private static var maximumMemory: Int { 256 << 20 }
    /// n · r · p of RFC 7914's least for signing in; the default is eight times as much.
    private static var minimumWork: Int { 16_384 * 8 }
    /// Sixteen times the default: some seconds.
    private static var maximumWork: Int { 1 << 24 }

    static var scrypt: Reader {
        let expectation = "the cost of a password hash, for example `{n: 65536, r: 8, p: 2}`"
        return Reader(expectation) { value, faults in
            guard var map = MapReader(value, expectation, faults) else { return nil }
            var cost = SignInPolicy.ScryptCost()
            let n = map.entry("n") == nil ? cost.n : map.optional("n", .powerOfTwo)
            let r = map.entry("r") == nil ? cost.r : map.optional("r", .integer(in: 1...64))
            let p = map.entry("p") == nil ? cost.p : map.optional("p", .integer(in: 1...64))
            map.finish()
            guard let n, let r, let p else { return nil }
            (cost.n, cost.r, cost.p) = (n, r, p)
            if let problem = problem(cost) {
                faults.report(problem, at: value.place)
                return nil
            }
            return cost
        }
    }

    /// With n ≤ 2²⁰, r and p ≤ 64 nothing overflows.
    private static func problem(_ cost: SignInPolicy.ScryptCost) -> String? {
        let (memory, work) = (128 * cost.n * cost.r, cost.n * cost.r * cost.p)
        if memory > maximumMemory {
            return "one hash would take \(memory >> 20) MiB of memory (128 · n · r): "
                + "at most \(maximumMemory >> 20) are allowed"
        }
        if work < minimumWork {
            return "this hash is too cheap to guard passwords: n · r · p is \(work), expected at least \(minimumWork), "
                + "better 1048576 as `{n: 65536, r: 8, p: 2}`"
        }
        if work > maximumWork {
            return "this hash takes too long: n · r · p is \(work), at most \(maximumWork) are allowed"
        }
        return nil
    }
}

extension Reader where Output == Int {
    fileprivate static var powerOfTwo: Reader {
        scalar("a power of two from 16384 to 1048576") { text, isQuoted throws(Misreading) in
            guard !isQuoted, let number = Int(text), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                throw Misreading()
            }
            guard (16_384...1_048_576).contains(number), number & (number - 1) == 0 else { throw Misreading() }
            return number
        }
    }
}
