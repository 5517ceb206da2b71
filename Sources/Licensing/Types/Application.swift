/// One fault of an application. Names the place and what would be right, never the value that was given.
package struct ApplicationFault: Hashable, Sendable, CustomStringConvertible {
    /// `fields.<name>`, `holder.id`, `holders[1].name`; empty for the application as a whole.
    package let path: String
    package let reason: String

    package init(path: String, reason: String) {
        (self.path, self.reason) = (path, reason)
    }

    package var description: String { path.isEmpty ? reason : "\(path) \(reason)" }
}

/// Every fault of one application; never empty.
package struct ApplicationFaults: Error, Hashable, Sendable, CustomStringConvertible {
    package let faults: [ApplicationFault]

    package init(_ faults: [ApplicationFault]) {
        self.faults = faults
    }

    package var description: String { faults.map(\.description).joined(separator: "; ") }
}

/// What someone applies for, checked against its license type: only `LicenseType.read` makes one.
package struct Application: Hashable, Sendable {
    /// One to twenty, in the order given.
    package let holders: [Holder]
    /// By field name; what was left out is absent.
    package let values: [String: FieldValue]
    /// The type it was checked against.
    package let typeID: String

    init(holders: [Holder], values: [String: FieldValue], typeID: String) {
        (self.holders, self.values, self.typeID) = (holders, values, typeID)
    }
}
