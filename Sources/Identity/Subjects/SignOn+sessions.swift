package import Primitives

extension SignOn {
    /// The `sid` under which a portal knows a session: another one in every sector, or portals could tell by it that two of
    /// their people are one (OpenID Connect Core §8.1). The same in ID tokens, access tokens and logout tokens.
    package func sessionName(of session: Identifier<Session>, for portal: Portal) -> String {
        let value = mac.mac(session.bytes + Array(portal.sector.utf8), purpose: "session-name")
        return Base64.encodeURL(Array(value.prefix(16)))
    }
}
