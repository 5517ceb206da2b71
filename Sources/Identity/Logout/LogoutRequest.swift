import Primitives

/// A request to sign out, checked (OpenID Connect RP-Initiated Logout 1.0 §2).
struct LogoutRequest: Hashable, Sendable {
    /// Whose `postLogoutRedirectURI` it is.
    let portalID: String?
    /// Registered for the portal.
    let redirectURI: String?
    let state: String?
    let locales: [String]

    /// Where the browser goes when all is done.
    var destination: String? {
        redirectURI.map { RedirectURI.appending(state.map { [("state", $0)] } ?? [], to: $0) }
    }
}

extension LogoutRequest {
    var json: JSONObject {
        var object = JSONObject([("locales", .array(locales.map { .string($0) }))])
        object["portal"] = portalID.map { .string($0) }
        object["redirect"] = redirectURI.map { .string($0) }
        object["state"] = state.map { .string($0) }
        return object
    }

    init?(json object: JSONObject) {
        guard let locales = object["locales"]?.array else { return nil }
        self.init(
            portalID: object["portal"]?.string, redirectURI: object["redirect"]?.string,
            state: object["state"]?.string, locales: locales.compactMap(\.string))
    }
}
