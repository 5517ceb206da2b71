import Primitives
import Synchronization

/// Which tokens are known to be rightly signed, by half the SHA-256 of their text: 16 bytes for each, so that there is room
/// for all that live at once. Checking a signature costs as much as all the rest of an introspection; with a million live
/// tokens nearly every one would be checked anew if only a few were remembered.
///
/// Buckets of sixteen in shards that double until they are as large as may be; then a new token takes the place of its
/// bucket's oldest, which costs that one a signature check when it comes again. 16 bytes are all that a token takes: a
/// `Set` takes up to 43 for the same.
final class KnownSignatures: Sendable {
    /// Half a hash; zero marks a free place.
    private typealias Key = SIMD2<UInt64>

    private struct Table {
        static let bucket = 16

        /// Each bucket with the newest first.
        var keys: [Key]
        var count = 0

        init(buckets: Int) {
            keys = [Key](repeating: .zero, count: buckets * Table.bucket)
        }

        var buckets: Int { keys.count / Table.bucket }

        private func places(of key: Key) -> Range<Int> {
            let start = Int(key.x.multipliedFullWidth(by: UInt64(buckets)).high) * Table.bucket
            return start..<(start + Table.bucket)
        }

        func contains(_ key: Key) -> Bool {
            keys[places(of: key)].contains(key)
        }

        /// - Returns: `false` when another key had to go.
        @discardableResult
        mutating func insert(_ key: Key) -> Bool {
            let places = places(of: key)
            var moved = key
            for place in places {
                (keys[place], moved) = (moved, keys[place])
                if moved == .zero {
                    count += 1
                    return true
                }
            }
            return false
        }

        /// With places for `buckets`; each bucket's order is kept.
        func resized(buckets: Int) -> Table {
            var larger = Table(buckets: buckets)
            for key in keys.reversed() where key != .zero { larger.insert(key) }
            return larger
        }
    }

    private final class Shard: Sendable {
        let table = Mutex(Table(buckets: 1))
    }

    private static let shardCount = 64
    private let shards = (0..<KnownSignatures.shardCount).map { _ in Shard() }
    private let mostBuckets: Int

    /// - Parameter capacity: how many are remembered at most, in 16 bytes each. With two thirds of it alive, one in a hundred
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
        let number = { (range: Range<Int>) in hash.bytes[range].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        let key = Key(number(0..<8), number(8..<16))
        return key == .zero ? nil : (shards[Int(hash.bytes[16]) % KnownSignatures.shardCount], key)
    }

    /// Signatures known now.
    var count: Int { shards.reduce(0) { $0 + $1.table.withLock { $0.count } } }
}
