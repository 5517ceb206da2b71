/// Everything that is wrong in the policy folder, by file, line and column; never empty.
package struct PolicyFaults: Error, Sendable, CustomStringConvertible {
    package let faults: [PolicyFault]

    package init(_ faults: [PolicyFault]) {
        self.faults = faults
    }

    /// One line per fault.
    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
