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

    /// Resource portals by their URI. Apart, since going through `portals` copies each of them.
    private let resources: [(uri: String, id: String)]

    package init(portals: [String: Portal], issuer: String, authorityName: LocalizedText, languages: [String]) {
        (self.portals, self.issuer) = (portals, issuer)
        (self.authorityName, self.languages) = (authorityName, languages)
        resources = portals.values.compactMap { portal in
            portal.kind == .resource ? portal.resource.map { (uri: $0, id: portal.id) } : nil
        }
    }

    package subscript(id: String) -> Portal? { portals[id] }

    /// The resource portal with this id or RFC 8707 URI, compared byte by byte.
    package func resource(_ name: String) -> Portal? {
        if let portal = portals[name], portal.kind == .resource { return portal }
        return portals(at: name).first
    }

    private func portals(at uri: String) -> [Portal] {
        resources.filter { $0.uri.hasSameBytes(as: uri) }.compactMap { portals[$0.id] }
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
        uri.hasSameBytes(as: issuer)
            || portals(at: uri).contains { target in
                caller.mayReach(target) && (!isPersonal || target.sector == caller.sector)
            }
    }
}
