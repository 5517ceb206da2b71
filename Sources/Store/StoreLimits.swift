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
    /// How long a group waits while another process writes.
    package var busyTimeoutMilliseconds = 5_000
    /// Entries in a status list.
    package var statusListCapacity = 131_072
    /// Pages of the database file at most, reached as a full disk is; `nil` for no limit.
    package var maximumPages: Int?

    package init() {}
}
