package import Primitives

/// The `claims` parameter (OpenID Connect Core §5.5), checked.
package struct ClaimsRequest: Hashable, Sendable {
    /// What is asked about one claim.
    package struct Demand: Hashable, Sendable {
        package let isEssential: Bool
        /// From `value` or `values`; empty: any.
        package let values: [JSONValue]

        package init(isEssential: Bool = false, values: [JSONValue] = []) {
            (self.isEssential, self.values) = (isEssential, values)
        }
    }

    /// By claim name.
    package let userInfo: [String: Demand]
    /// By claim name.
    package let idToken: [String: Demand]

    package init(userInfo: [String: Demand] = [:], idToken: [String: Demand] = [:]) {
        (self.userInfo, self.idToken) = (userInfo, idToken)
    }

    /// Nothing is asked beyond the scopes.
    package static let none = ClaimsRequest()

    package var isEmpty: Bool { userInfo.isEmpty && idToken.isEmpty }
}
