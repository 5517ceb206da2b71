import Primitives

/// SHA-256 (FIPS 180-4 §6.2) in plain Swift, so that this room's tests need no crypto library.
struct PlainSHA256: Hashing {
    private static let constants: [UInt32] = primes(64).map { fraction(of: $0, cubic: true) }
    private static let start: [UInt32] = primes(8).map { fraction(of: $0, cubic: false) }

    func hash(_ algorithm: HashAlgorithm, _ parts: [ArraySlice<UInt8>]) -> [UInt8] {
        guard algorithm == .sha256 else { return [] }
        var message = parts.flatMap { $0 }
        let bitCount = UInt64(message.count) * 8
        message.append(0x80)
        while message.count % 64 != 56 { message.append(0) }
        message += (0..<8).map { UInt8(truncatingIfNeeded: bitCount >> UInt64(56 - 8 * $0)) }
        var state = PlainSHA256.start
        for block in stride(from: 0, to: message.count, by: 64) {
            PlainSHA256.compress(message[block..<block + 64], into: &state)
        }
        return state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * $0)) } }
    }

    private static func compress(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
        var words = stride(from: block.startIndex, to: block.endIndex, by: 4).map { start in
            block[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        }
        for index in 16..<64 {
            let (early, late) = (words[index - 15], words[index - 2])
            let first = rotate(early, 7) ^ rotate(early, 18) ^ early >> 3
            let second = rotate(late, 17) ^ rotate(late, 19) ^ late >> 10
            words.append(words[index - 16] &+ first &+ words[index - 7] &+ second)
        }
        var work = state
        for index in 0..<64 {
            let (a, e) = (work[0], work[4])
            let choice = e & work[5] ^ ~e & work[6]
            let majority = a & work[1] ^ a & work[2] ^ work[1] & work[2]
            let mixed = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
            let first = work[7] &+ mixed &+ choice &+ constants[index] &+ words[index]
            let second = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) &+ majority
            work = [first &+ second, a, work[1], work[2], work[3] &+ first, e, work[5], work[6]]
        }
        for index in 0..<8 { state[index] &+= work[index] }
    }

    private static func rotate(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

    private static func primes(_ count: Int) -> [Int] {
        var found: [Int] = []
        var candidate = 2
        while found.count < count {
            if found.allSatisfy({ candidate % $0 != 0 }) { found.append(candidate) }
            candidate += 1
        }
        return found
    }

    /// The first 32 bits behind the point of the square or cube root, by bisection over whole numbers.
    private static func fraction(of prime: Int, cubic: Bool) -> UInt32 {
        var root: UInt64 = 0
        for bit in stride(from: UInt64(36), through: 0, by: -1) {
            let candidate = root | 1 << bit
            let square = candidate.multipliedFullWidth(by: candidate)
            // candidate / 2^32 is the root; compare its square or cube with the prime, both scaled.
            let isBelow: Bool
            if cubic {
                let scaled = square.high << 32 | square.low >> 32
                isBelow = candidate.multipliedFullWidth(by: scaled).high < UInt64(prime)
            } else {
                isBelow = square.high < UInt64(prime)
            }
            if isBelow { root = candidate }
        }
        return UInt32(truncatingIfNeeded: root)
    }
}
