import Primitives

/// Whom an access token is for (RFC 8707 §2.2).
struct Audiences: Sendable {
    private static let maximumCount = 8

    let directory: PortalDirectory
    /// Whose tokens they are.
    let portal: Portal
    /// Whether they name a person.
    var isPersonal = true

    /// - Parameters:
    ///   - resources: of the token request.
    ///   - granted: of the grant; empty: the request alone decides.
    ///   - acr: reached by the person; `nil` where there is none.
    /// - Returns: what was asked for, else what was granted, else the issuer.
    func requested(
        _ resources: [String], granted: [String] = [], acr: Assurance? = nil
    ) throws(TokenRefusal) -> [String] {
        let names = try names(resources, granted)
        if let acr, acr < directory.floor(of: names) { throw .target }
        return names
    }

    private func names(_ resources: [String], _ granted: [String]) throws(TokenRefusal) -> [String] {
        guard resources.count <= Audiences.maximumCount else { throw .target }
        for resource in resources {
            guard granted.isEmpty || granted.contains(resource) else { throw .target }
        }
        let names = resources.isEmpty ? granted : Audiences.unique(resources)
        // What was granted too: the policy may allow less by now.
        for name in names where !directory.isResource(name, of: portal, isPersonal: isPersonal) { throw .target }
        return names.isEmpty ? [directory.issuer] : names
    }

    static func unique(_ names: [String]) -> [String] {
        names.reduce(into: []) { unique, name in if !unique.contains(name) { unique.append(name) } }
    }
}
