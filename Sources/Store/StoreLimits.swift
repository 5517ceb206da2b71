/// Whether a store may change its database.
package enum StoreMode: Hashable, Sendable {
    case readWrite
    case readOnly
}

/// Sizes and waits of a store.
package struct StoreLimits: Hashable, Sendable {
    /// Changes that may wait for the writer; beyond it callers get `RegisterRefusal.busy`.
    package var waitingChanges = 4_096
    /// Changes committed together at most.
    package var groupSize = 512
    /// How long a group waits while another process writes. Commands beside a busy service need patience.
    package var busyTimeoutMilliseconds = 5_000
    /// Entries in a status list.
    package var statusListCapacity = 131_072
    /// Pages of the write-ahead log from which on the writer waits until it was copied back.
    package var logPages = 4_096
    /// Pages of the database file at most, reached as a full disk is; `nil` for no limit.
    package var maximumPages: Int?

    package init() {}

    /// For a service, which answers within a second when it cannot write: a change may wait for the rest of one group's
    /// wait and for its own.
    package static var service: StoreLimits {
        var limits = StoreLimits()
        limits.busyTimeoutMilliseconds = 300
        return limits
    }
}
