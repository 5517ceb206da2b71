import Primitives
import Synchronization

/// Which tokens are known to be rightly signed, by a keyed hash of their text: 8 bytes for each, so that there is room for all
/// that live at once. Checking a signature costs as much as all the rest of an introspection; with a million live
/// tokens nearly every one would be checked anew if only a few were remembered.
///
/// Buckets of sixteen in shards that double until they are as large as may be; then a new token takes the place of its
/// bucket's oldest, which costs that one a signature check when it comes again. 8 bytes are all that a token takes: a
/// `Set` takes up to 21 for the same.
///
/// 64 bits are enough because nobody outside can try them but here: the hash is keyed by this process alone, so a forged token
/// passes with a chance of one in 2^60 each time it is sent.
final class KnownSignatures: Sendable {
    /// Keyed hash of a token; zero marks a free place.
    private typealias Key = UInt64

    private struct Table {
        static let bucket = 16

        /// Each bucket with the newest first.
        var keys: [Key]
        var count = 0

        init(buckets: Int) {
            keys = [Key](repeating: 0, count: buckets * Table.bucket)
        }

        var buckets: Int { keys.count / Table.bucket }

        private func places(of key: Key) -> Range<Int> {
            let start = Int(key.multipliedFullWidth(by: UInt64(buckets)).high) * Table.bucket
            return start..<(start + Table.bucket)
        }

        func contains(_ key: Key) -> Bool {
            places(of: key).contains { keys[$0] == key }
        }

        /// - Returns: `false` when another key had to go.
        @discardableResult
        mutating func insert(_ key: Key) -> Bool {
            let places = places(of: key)
            var moved = key
            for place in places {
                (keys[place], moved) = (moved, keys[place])
                if moved == 0 {
                    count += 1
                    return true
                }
            }
            return false
        }

        /// With places for `buckets`; each bucket's order is kept.
        func resized(buckets: Int) -> Table {
            var larger = Table(buckets: buckets)
            for key in keys.reversed() where key != 0 { larger.insert(key) }
            return larger
        }
    }

    private final class Shard: Sendable {
        let table = Mutex(Table(buckets: 1))
    }

    private static let shardCount = 64
    private let shards = (0..<KnownSignatures.shardCount).map { _ in Shard() }
    private let mostBuckets: Int
    /// Beside the seed that `Hasher` has of its own, which an environment variable may take away.
    private let secret = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))

    /// - Parameter capacity: how many are remembered at most, in 8 bytes each. With two thirds of it alive, one in a hundred
    ///   is forgotten too early.
    init(capacity: Int) {
        mostBuckets = max(1, capacity / (KnownSignatures.shardCount * Table.bucket))
    }

    func contains(_ hash: Digest) -> Bool {
        guard let (shard, key) = place(of: hash) else { return false }
        return shard.table.withLock { $0.contains(key) }
    }

    func insert(_ hash: Digest) {
        guard let (shard, key) = place(of: hash) else { return }
        shard.table.withLock { table in
            if table.contains(key) { return }
            if table.count >= table.keys.count / 2, table.buckets < mostBuckets {
                table = table.resized(buckets: min(table.buckets * 2, mostBuckets))
            }
            table.insert(key)
        }
    }

    /// `nil` for a hash that looks like a free place; its token is checked each time.
    private func place(of hash: Digest) -> (Shard, Key)? {
        var hasher = Hasher()
        hasher.combine(secret.0)
        hasher.combine(secret.1)
        hasher.combine(hash)
        let key = Key(truncatingIfNeeded: hasher.finalize())
        // The upper bits choose the bucket, the lower ones the shard.
        return key == 0 ? nil : (shards[Int(key % UInt64(KnownSignatures.shardCount))], key)
    }

    /// Signatures known now.
    var count: Int { shards.reduce(0) { $0 + $1.table.withLock { $0.count } } }
}
