import Primitives
import Synchronization

/// How many requests one address may make: a bucket that refills, one per address, in bounded memory.
final class RequestBudget: Sendable {
    private struct Bucket {
        var tokens: Double
        var filledAt: Instant
    }

    private let capacity: Double
    private let perSecond: Double
    private let maximumAddresses: Int
    private let buckets = Mutex<[String: Bucket]>([:])

    /// - Parameters:
    ///   - capacity: requests that may come at once.
    ///   - perSecond: requests that may come for ever.
    init(capacity: Int, perSecond: Int, maximumAddresses: Int = 50_000) {
        (self.capacity, self.perSecond) = (Double(capacity), Double(perSecond))
        self.maximumAddresses = maximumAddresses
    }

    /// Spends one request of `address`; `false` when there is none left.
    func spend(_ address: String, at now: Instant) -> Bool {
        buckets.withLock { buckets in
            // Full buckets say nothing; where that is not enough, memory matters more than fairness.
            if buckets.count >= maximumAddresses, buckets[address] == nil {
                buckets = buckets.filter { refilled($0.value, at: now).tokens < capacity }
                if buckets.count >= maximumAddresses { buckets.removeAll() }
            }
            var bucket = refilled(buckets[address] ?? Bucket(tokens: capacity, filledAt: now), at: now)
            defer { buckets[address] = bucket }
            guard bucket.tokens >= 1 else { return false }
            bucket.tokens -= 1
            return true
        }
    }

    private func refilled(_ bucket: Bucket, at now: Instant) -> Bucket {
        let seconds = max(0, Double(now.millisecondsSinceEpoch) - Double(bucket.filledAt.millisecondsSinceEpoch)) / 1000
        return Bucket(tokens: min(capacity, bucket.tokens + seconds * perSecond), filledAt: now)
    }
}
