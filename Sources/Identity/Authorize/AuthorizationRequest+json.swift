import Primitives

extension AuthorizationRequest {
    /// For sealed flows and pushed requests; absent members are left out.
    var json: JSONObject {
        var object = JSONObject([("portal", .string(portalID)), ("redirect", .string(redirectURI))])
        object["state"] = state.map { .string($0) }
        object["nonce"] = nonce.map { .string($0) }
        object["scopes"] = .array(scopes.map { .string($0) })
        object["challenge"] = challenge.map { .string($0) }
        object["jkt"] = keyThumbprint.map { .string($0) }
        object["prompts"] = .array(prompts.map(\.rawValue).sorted().map { .string($0) })
        object["maxAge"] = maximumAge.map { .integer($0) }
        object["floor"] = .string(floor.rawValue)
        object["claims"] = claims.isEmpty ? nil : .string(claims.json)
        object["resources"] = .array(resources.map { .string($0) })
        object["hint"] = loginHint.map { .string($0) }
        object["expected"] = expectedSubject.map { .string($0) }
        object["locales"] = .array(locales.map { .string($0) })
        return object
    }

    /// Reads `json`; `nil` when it was written by another version.
    init?(json object: JSONObject) {
        guard let portalID = object["portal"]?.string, let redirectURI = object["redirect"]?.string,
            let floor = object["floor"]?.string.flatMap({ Assurance(rawValue: $0) })
        else { return nil }
        self.init(portalID: portalID, redirectURI: redirectURI)
        self.floor = floor
        (state, nonce) = (object["state"]?.string, object["nonce"]?.string)
        (challenge, keyThumbprint) = (object["challenge"]?.string, object["jkt"]?.string)
        scopes = AuthorizationRequest.texts(object["scopes"])
        prompts = Set(AuthorizationRequest.texts(object["prompts"]).compactMap { Prompt(rawValue: $0) })
        maximumAge = object["maxAge"]?.integer
        if let text = object["claims"]?.string {
            guard let claims = ClaimsRequest(parsing: text) else { return nil }
            self.claims = claims
        }
        resources = AuthorizationRequest.texts(object["resources"])
        (loginHint, expectedSubject) = (object["hint"]?.string, object["expected"]?.string)
        locales = AuthorizationRequest.texts(object["locales"])
    }

    private static func texts(_ value: JSONValue?) -> [String] { value?.array?.compactMap(\.string) ?? [] }
}
