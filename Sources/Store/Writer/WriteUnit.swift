import Audit
import Licensing

/// What one change hands back from its savepoint.
struct Change<Value: Sendable>: Sendable {
    let value: Value
    /// Appended in this order; empty only when nothing changed.
    let entries: [AuditEntry]
    /// States that licenses have now, written into the first entry.
    let states: [LicenseNumber: LicenseState]
    /// Called once the change is durable, before anybody is told.
    let afterCommit: (@Sendable () -> Void)?

    init(
        _ value: Value, entries: [AuditEntry], states: [LicenseNumber: LicenseState] = [:],
        afterCommit: (@Sendable () -> Void)? = nil
    ) {
        (self.value, self.entries, self.states, self.afterCommit) = (value, entries, states, afterCommit)
    }
}

extension Change<Bool> {
    /// A change that one statement made or not; without it there are no entries.
    static func applied(_ isApplied: Bool, _ entries: [AuditEntry]) -> Change {
        Change(isApplied, entries: isApplied ? entries : [])
    }
}

/// One change waiting for the writer, its value's type erased.
struct WriteUnit: Sendable {
    /// Runs the change and its entries; returns the answer to give once it is durable.
    let run: @Sendable (any SQLConnection, inout LogPosition) throws -> @Sendable () -> Void
    let refuse: @Sendable (any Error) -> Void
}
