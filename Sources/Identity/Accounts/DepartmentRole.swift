/// What an account may do in a department; written `department:role`.
package struct DepartmentRole: Hashable, Sendable, CustomStringConvertible {
    package enum Role: String, Hashable, Sendable, CaseIterable {
        case maker
        case checker
        case auditor
    }

    package let departmentID: String
    package let role: Role

    package init(_ departmentID: String, _ role: Role) {
        (self.departmentID, self.role) = (departmentID, role)
    }

    /// Reads `market-regulation:maker`.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let role = Role(rawValue: String(parts[1])) else { return nil }
        self.init(String(parts[0]), role)
    }

    package var description: String { "\(departmentID):\(role.rawValue)" }
}
