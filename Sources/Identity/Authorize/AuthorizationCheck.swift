/// One check of an authorization request.
struct AuthorizationCheck: Sendable {
    enum Endpoint: Hashable, Sendable {
        case authorize
        case push
    }

    let name: String
    let endpoints: Set<Endpoint>
    let run: @Sendable (inout AuthorizationDraft) throws(AuthorizeRefusal) -> Void

    init(
        _ name: String, at endpoints: Set<Endpoint> = [.authorize, .push],
        _ run: @escaping @Sendable (inout AuthorizationDraft) throws(AuthorizeRefusal) -> Void
    ) {
        (self.name, self.endpoints, self.run) = (name, endpoints, run)
    }

    /// Every check, in the order they are made. Up to `redirect URI`, refusals end in an error page.
    static let table: [AuthorizationCheck] = [
        AuthorizationCheck("portal", at: [.authorize]) { draft throws(AuthorizeRefusal) in try draft.findPortal() },
        AuthorizationCheck("same portal", at: [.push]) { draft throws(AuthorizeRefusal) in try draft.keepPortal() },
        AuthorizationCheck("redirect URI") { draft throws(AuthorizeRefusal) in try draft.checkRedirectURI() },
        AuthorizationCheck("state") { draft throws(AuthorizeRefusal) in try draft.takeState() },
        AuthorizationCheck("no repetition") { draft throws(AuthorizeRefusal) in try draft.checkRepetition() },
        AuthorizationCheck("grant") { draft throws(AuthorizeRefusal) in try draft.checkGrant() },
        AuthorizationCheck("request object") { draft throws(AuthorizeRefusal) in try draft.checkRequestObject() },
        AuthorizationCheck("foreign request URI", at: [.authorize]) { draft throws(AuthorizeRefusal) in
            try draft.checkRequestURI(refusal: .foreignRequestURI)
        },
        AuthorizationCheck("nested request URI", at: [.push]) { draft throws(AuthorizeRefusal) in
            try draft.checkRequestURI(refusal: .nestedRequestURI)
        },
        AuthorizationCheck("pushed", at: [.authorize]) { draft throws(AuthorizeRefusal) in try draft.checkPushed() },
        AuthorizationCheck("response type") { draft throws(AuthorizeRefusal) in try draft.checkResponseType() },
        AuthorizationCheck("response mode") { draft throws(AuthorizeRefusal) in try draft.checkResponseMode() },
        AuthorizationCheck("scope") { draft throws(AuthorizeRefusal) in try draft.takeScopes() },
        AuthorizationCheck("proof key") { draft throws(AuthorizeRefusal) in try draft.takeProofKey() },
        AuthorizationCheck("DPoP key") { draft throws(AuthorizeRefusal) in try draft.takeKeyThumbprint() },
        AuthorizationCheck("resources") { draft throws(AuthorizeRefusal) in try draft.takeResources() },
        AuthorizationCheck("nonce") { draft throws(AuthorizeRefusal) in try draft.takeNonce() },
        AuthorizationCheck("prompt") { draft throws(AuthorizeRefusal) in try draft.takePrompts() },
        AuthorizationCheck("maximum age") { draft throws(AuthorizeRefusal) in try draft.takeMaximumAge() },
        AuthorizationCheck("claims") { draft throws(AuthorizeRefusal) in try draft.takeClaims() },
        AuthorizationCheck("assurance") { draft throws(AuthorizeRefusal) in try draft.takeFloor() },
        AuthorizationCheck("identity hint") { draft throws(AuthorizeRefusal) in try draft.takeIdentityHint() },
        AuthorizationCheck("hints") { draft throws(AuthorizeRefusal) in draft.takeHints() },
    ]

    /// Makes the checks of `endpoint`; what is known when one refuses stays in the draft.
    static func run(_ endpoint: Endpoint, on draft: inout AuthorizationDraft) throws(AuthorizeRefusal) {
        for check in table where check.endpoints.contains(endpoint) { try check.run(&draft) }
    }
}
