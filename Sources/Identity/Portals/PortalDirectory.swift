package import Primitives

/// All portals of the policy folder, and the addresses of this provider.
package struct PortalDirectory: Sendable {
    /// By id.
    package let portals: [String: Portal]
    /// Public base URL without a final slash: the OpenID issuer.
    package let issuer: String
    /// Of the authority, shown on pages.
    package let authorityName: LocalizedText
    /// BCP 47 tags of pages; the first is the default.
    package let languages: [String]

    package init(portals: [String: Portal], issuer: String, authorityName: LocalizedText, languages: [String]) {
        (self.portals, self.issuer) = (portals, issuer)
        (self.authorityName, self.languages) = (authorityName, languages)
    }

    package subscript(id: String) -> Portal? { portals[id] }

    /// The resource portal with this id or RFC 8707 URI, compared byte by byte.
    package func resource(_ name: String) -> Portal? {
        if let portal = portals[name], portal.kind == .resource { return portal }
        return portals.values.first { $0.kind == .resource && $0.resource.map { Array($0.utf8) } == Array(name.utf8) }
    }

    /// The lowest `acr` that will do for all of these resources.
    package func floor(of resources: [String]) -> Assurance {
        resources.compactMap { resource($0)?.minimumAssurance }.max() ?? .low
    }

    /// Whether a portal's tokens may be for this RFC 8707 URI: this provider itself, or a resource portal that an exchange
    /// would reach as well.
    ///
    /// - Parameter isPersonal: the token names a person as its portal knows them, so it stays within the sector; only an
    ///   exchange gives them the name that another sector knows.
    func isResource(_ uri: String, of caller: Portal, isPersonal: Bool) -> Bool {
        let bytes = Array(uri.utf8)
        return bytes == Array(issuer.utf8)
            || portals.values.contains { target in
                target.kind == .resource && target.resource.map { Array($0.utf8) } == bytes
                    && caller.mayReach(target) && (!isPersonal || target.sector == caller.sector)
            }
    }
}
