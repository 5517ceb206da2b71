extension OAuthAnswer {
    /// How a refusal of `/authorize` and `/par` leaves the house.
    package init(_ refusal: AuthorizeRefusal) {
        self =
            switch refusal {
            case .unknownPortal: OAuthAnswer(.invalidClient, "there is no such client")
            case .redirectURIMissing: OAuthAnswer(.invalidRequest, "redirect_uri is missing or repeated")
            case .redirectURIUnknown: OAuthAnswer(.invalidRequest, "redirect_uri is not registered for this client")
            case .requestURIUnknown: OAuthAnswer(.invalidRequestURI, "request_uri is unknown, used or too old")
            case .flowLost: OAuthAnswer(.invalidRequest, "this page is too old or was opened in another browser")
            case .otherPortal: OAuthAnswer(.invalidRequest, "client_id is not the authenticated client")
            case .repeatedParameter: OAuthAnswer(.invalidRequest, "a parameter is repeated")
            case .tooLong: OAuthAnswer(.invalidRequest, "the request is too long")
            case .grantNotAllowed: OAuthAnswer(.unauthorizedClient, "this client may not use authorization codes")
            case .mustPush: OAuthAnswer(.invalidRequest, "this client must push its requests (RFC 9126)")
            case .requestObject: OAuthAnswer(.requestNotSupported, "request objects are not supported")
            case .foreignRequestURI: OAuthAnswer(.requestURINotSupported, "only a request_uri of /par is supported")
            case .nestedRequestURI: OAuthAnswer(.invalidRequest, "request_uri may not be pushed")
            case .responseTypeMissing: OAuthAnswer(.invalidRequest, "response_type is missing")
            case .responseType: OAuthAnswer(.unsupportedResponseType, "response_type must be code")
            case .responseMode: OAuthAnswer(.invalidRequest, "response_mode must be query")
            case .noScope: OAuthAnswer(.invalidScope, "no scope that this client may ask for")
            case .proofKeyMissing: OAuthAnswer(.invalidRequest, "this client needs a code_challenge")
            case .proofKeyMethod: OAuthAnswer(.invalidRequest, "code_challenge_method must be S256")
            case .proofKeyMalformed: OAuthAnswer(.invalidRequest, "code_challenge is no SHA-256 value in base64url")
            case .keyThumbprint:
                OAuthAnswer(.invalidRequest, "dpop_jkt is no thumbprint, or not that of the proof's key")
            case .prompt: OAuthAnswer(.invalidRequest, "prompt has unknown or contradicting values")
            case .maximumAge: OAuthAnswer(.invalidRequest, "max_age is no number of seconds")
            case .claims: OAuthAnswer(.invalidRequest, "claims is not as OpenID Connect Core 5.5 has it")
            case .unknownResource: OAuthAnswer(.invalidTarget, "resource is unknown")
            case .identityHint: OAuthAnswer(.invalidRequest, "id_token_hint is no ID token of this client")
            case .tooManyPushed: OAuthAnswer(.temporarilyUnavailable, "too many pushed requests wait", status: 429)
            case .signInRequired: OAuthAnswer(.loginRequired, "the person must sign in")
            case .accountChoiceRequired: OAuthAnswer(.accountSelectionRequired, "the person must choose an account")
            case .consentRequired: OAuthAnswer(.consentRequired, "the person must be asked")
            case .unmetAssurance:
                OAuthAnswer(.unmetAuthenticationRequirements, "the level of assurance asked for cannot be reached")
            case .denied: OAuthAnswer(.accessDenied, "the person said no")
            case .otherPerson: OAuthAnswer(.loginRequired, "another person signed in")
            }
    }

    /// How a refusal of `/logout` leaves the house: always on an error page.
    package init(_ refusal: LogoutRefusal) {
        self =
            switch refusal {
            case .unknownPortal: OAuthAnswer(.invalidRequest, "client_id is unknown or not that of the id_token_hint")
            case .redirectURIUnknown:
                OAuthAnswer(.invalidRequest, "post_logout_redirect_uri is not registered for this client")
            case .repeatedParameter: OAuthAnswer(.invalidRequest, "a parameter is repeated")
            case .tooLong: OAuthAnswer(.invalidRequest, "the request is too long")
            }
    }
}
