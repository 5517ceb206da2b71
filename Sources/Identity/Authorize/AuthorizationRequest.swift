/// An authorization request that passed every check; what it asks of the person is not answered yet.
package struct AuthorizationRequest: Hashable, Sendable {
    /// `prompt` (OpenID Connect Core §3.1.2.1).
    package enum Prompt: String, Hashable, Sendable, CaseIterable {
        case none
        case login
        case consent
        case selectAccount = "select_account"
    }

    package var portalID: String
    /// One of the portal's.
    package var redirectURI: String
    package var state: String?
    package var nonce: String?
    /// What the portal asked for and may have, in its order.
    package var scopes: [String] = []
    /// S256.
    package var challenge: String?
    /// `dpop_jkt`, or the key of the proof at `/par`.
    package var keyThumbprint: String?
    package var prompts: Set<Prompt> = []
    /// Seconds.
    package var maximumAge: Int64?
    /// The lowest `acr` that will do: of the portal and of the request.
    package var floor: Assurance = .low
    package var claims: ClaimsRequest = .none
    /// Of known resource portals.
    package var resources: [String] = []
    /// Personal.
    package var loginHint: String?
    /// Who it must be: from `id_token_hint` or the `sub` of the `claims` parameter.
    package var expectedSubject: String?
    /// BCP 47 tags in the person's order (`ui_locales`).
    package var locales: [String] = []

    package init(portalID: String, redirectURI: String) {
        (self.portalID, self.redirectURI) = (portalID, redirectURI)
    }
}
