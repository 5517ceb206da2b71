import Primitives
import Synchronization

/// Which tokens are known to be rightly signed, by half the SHA-256 of their text: 16 bytes for each, so that there is room
/// for all that live at once. Checking a signature costs as much as all the rest of an introspection; with a million live
/// tokens nearly every one would be checked anew if only a few were remembered.
///
/// In shards, so that none is locked for long when it grows; two generations in each, as in `VerifiedTokens`.
final class KnownSignatures: Sendable {
    private struct Generations {
        var young: Set<SIMD2<UInt64>> = []
        var old: Set<SIMD2<UInt64>> = []
    }

    private final class Shard: Sendable {
        let generations = Mutex(Generations())
    }

    private static let shardCount = 64
    private let shards = (0..<KnownSignatures.shardCount).map { _ in Shard() }
    private let half: Int

    /// - Parameter capacity: how many are remembered at least once there were more.
    init(capacity: Int) {
        half = max(1, capacity / KnownSignatures.shardCount)
    }

    func contains(_ hash: Digest) -> Bool {
        let (shard, key) = place(of: hash)
        return shard.generations.withLock { generations in
            if generations.young.contains(key) { return true }
            guard generations.old.contains(key) else { return false }
            insert(key, &generations)
            return true
        }
    }

    func insert(_ hash: Digest) {
        let (shard, key) = place(of: hash)
        shard.generations.withLock { insert(key, &$0) }
    }

    private func insert(_ key: SIMD2<UInt64>, _ generations: inout Generations) {
        if generations.young.count >= half {
            generations.old = generations.young
            generations.young = []
        }
        generations.young.insert(key)
    }

    private func place(of hash: Digest) -> (Shard, SIMD2<UInt64>) {
        let number = { (range: Range<Int>) in hash.bytes[range].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        return (shards[Int(hash.bytes[16]) % KnownSignatures.shardCount], SIMD2(number(0..<8), number(8..<16)))
    }

    /// Signatures known now.
    var count: Int { shards.reduce(0) { $0 + $1.generations.withLock { $0.young.count + $0.old.count } } }
}
