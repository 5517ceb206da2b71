import Primitives

/// A request on its way through the checks; each check reads parameters and fills in what it stands for.
struct AuthorizationDraft: Sendable {
    let parameters: Parameters
    let signOn: SignOn
    /// Authenticated at `/par`; `nil` at `/authorize`, where the first check finds it.
    let authenticated: Portal?
    /// Key of the DPoP proof at `/par`.
    let provenThumbprint: String?

    var portal: Portal?
    /// Both known and trusted: refusals may go back to the portal from here on.
    var request: AuthorizationRequest?

    init(
        _ parameters: Parameters, signOn: SignOn, authenticated: Portal? = nil, provenThumbprint: String? = nil
    ) {
        (self.parameters, self.signOn) = (parameters, signOn)
        (self.authenticated, self.provenThumbprint) = (authenticated, provenThumbprint)
    }
}
