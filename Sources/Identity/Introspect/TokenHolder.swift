import Primitives

/// Who is behind an access token that this provider accepts for itself, as things stand now.
package struct TokenHolder: Sendable {
    /// The portal that acts.
    package let portal: Portal
    package let token: AccessToken
    /// The person that it acts for; `nil` where it acts for itself.
    package let account: Account?
    /// What it may see by; `nil` where the token's scopes say all of it.
    let grant: Grant?

    /// For the audit log: the account, else the portal.
    package var actor: String { account?.id.description ?? portal.id }

    /// Whether the holder may act in a department: its own portals, and of people only those who have one of `roles` there.
    package func mayAct(in departmentID: String, roles: Set<DepartmentRole.Role> = [.maker]) -> Bool {
        guard portal.departmentID == departmentID else { return false }
        guard let account else { return true }
        return account.roles.contains { $0.departmentID == departmentID && roles.contains($0.role) }
    }
}
