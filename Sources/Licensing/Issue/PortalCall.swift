import Primitives

/// The call of a portal that makes a change: what the log names beside the actor.
package struct PortalCall: Hashable, Sendable {
    /// Its `client_id`.
    package let portal: String
    /// `jti` of its access token.
    package let token: String

    package init(portal: String, token: String) {
        (self.portal, self.token) = (portal, token)
    }
}

extension JSONObject {
    /// Details of an audit entry, with the portal and token of the call where there is one.
    func naming(_ call: PortalCall?) -> JSONObject {
        guard let call else { return self }
        var details = self
        details["portal"] = .string(call.portal)
        details["token"] = .string(call.token)
        return details
    }
}
