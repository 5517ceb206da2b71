import Audit
import Licensing

/// What one change hands back from its savepoint.
struct Change<Value: Sendable>: Sendable {
    let value: Value
    /// Appended in this order; empty only when nothing changed.
    let entries: [AuditEntry]
    /// States that licenses have now, written into the first entry.
    let states: [LicenseNumber: LicenseState]

    init(_ value: Value, entries: [AuditEntry], states: [LicenseNumber: LicenseState] = [:]) {
        (self.value, self.entries, self.states) = (value, entries, states)
    }
}

/// One change waiting for the writer, its value's type erased.
struct WriteUnit: Sendable {
    /// Runs the change and its entries; returns the answer to give once it is durable.
    let run: @Sendable (any SQLConnection, inout LogPosition) throws -> @Sendable () -> Void
    let refuse: @Sendable (any Error) -> Void
}
