import Identity
import Primitives

/// Until when grants are live unless somebody ends them: 24 bytes for each, so that there is room for those of a million tokens,
/// where whole grants with their accounts would fill the memory.
struct LiveGrants: Sendable {
    /// Three quarters of a power of two, at which a dictionary would grow.
    private static let capacity = 3 << 16

    private var ends: [Identifier<Grant>: Instant] = [:]

    /// Whether the grant is known to be live at `instant`; `false` says nothing.
    func contains(_ grant: Identifier<Grant>, at instant: Instant) -> Bool {
        ends[grant].map { instant < $0 } ?? false
    }

    /// - Parameter limit: first moment at which its session may be over; `nil` for an offline grant.
    mutating func insert(_ grant: Identifier<Grant>, until limit: Instant?) {
        if ends.count >= LiveGrants.capacity, ends[grant] == nil { ends.removeAll(keepingCapacity: true) }
        ends[grant] = limit ?? Instant(millisecondsSinceEpoch: .max)
    }

    mutating func remove(_ grant: Identifier<Grant>) {
        ends[grant] = nil
    }

    mutating func removeAll() {
        ends = [:]
    }
}
