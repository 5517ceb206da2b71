// Every refusal of sign-on as it leaves the house: the one file that maps them to answers.

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

extension OAuthAnswer {
    /// The answer to a portal; `invalid_client` is 401 and needs `WWW-Authenticate: Basic` (RFC 6749 §5.2).
    package init(_ refusal: TokenRefusal) {
        self =
            switch refusal {
            case .repeatedParameter: OAuthAnswer(.invalidRequest, "a parameter came more than once")
            case .missingParameter(let name): OAuthAnswer(.invalidRequest, "\(name) is missing")
            case .unusableParameter(let name): OAuthAnswer(.invalidRequest, "\(name) is not usable here")
            case .client: OAuthAnswer(.invalidClient, "the portal did not prove who it is", status: 401)
            case .proof(.nonce, _): OAuthAnswer(.useDPoPNonce, "the proof needs the nonce of this answer")
            case .proof(let fault, _): OAuthAnswer(.invalidDPoPProof, fault.description)
            case .unknownGrantType: OAuthAnswer(.unsupportedGrantType, "there is no such grant type")
            case .grantNotAllowed: OAuthAnswer(.unauthorizedClient, "the portal may not use this grant type")
            case .code: OAuthAnswer(.invalidGrant, "the code is unknown, used, too late or not for this portal")
            case .redirectURI: OAuthAnswer(.invalidGrant, "redirect_uri is not the one of the authorization request")
            case .proofKey: OAuthAnswer(.invalidGrant, "code_verifier does not answer the code_challenge")
            case .boundKey: OAuthAnswer(.invalidGrant, "it belongs to another DPoP key")
            case .refreshToken: OAuthAnswer(.invalidGrant, "the refresh token is unknown, used, over or revoked")
            case .subjectToken: OAuthAnswer(.invalidRequest, "subject_token is not valid or not for this portal")
            case .target: OAuthAnswer(.invalidTarget, "the portal may not have tokens for this resource")
            case .scope: OAuthAnswer(.invalidScope, "scope goes beyond what may be given")
            case .deviceCode: OAuthAnswer(.invalidGrant, "the device code is unknown, used or not for this key")
            case .deviceCodeExpired: OAuthAnswer(.expiredToken, "the device code is too late")
            case .pending: OAuthAnswer(.authorizationPending, "nobody has answered yet")
            case .slowDown: OAuthAnswer(.slowDown, "ask 5 seconds later than until now")
            case .denied: OAuthAnswer(.accessDenied, "the person said no")
            case .foreignToken: OAuthAnswer(.unauthorizedClient, "the token belongs to another portal")
            case .tooManyDevices:
                OAuthAnswer(.temporarilyUnavailable, "too many devices of this portal wait", status: 503)
            case .tooManyDevicesOfAddress:
                OAuthAnswer(.temporarilyUnavailable, "too many devices of this address wait", status: 429)
            case .booked(let refusal): OAuthAnswer(refusal)
            }
    }
}

extension ResourceAnswer {
    /// The answer to who brings an access token (RFC 6750 §3.1, RFC 9449 §7.1).
    package init(_ refusal: ResourceRefusal) {
        self =
            switch refusal {
            case .missing: ResourceAnswer(nil, "an access token is needed", scheme: .both)
            case .malformed: ResourceAnswer(.invalidRequest, "the access token came in no usable way", status: 400)
            case .token: ResourceAnswer(.invalidToken, "the access token is not valid here")
            case .scheme: ResourceAnswer(.invalidToken, "the access token needs the other scheme", scheme: .both)
            case .proof(let fault, let nonce): ResourceAnswer(fault, nonce: nonce)
            case .scope(let scope):
                ResourceAnswer(.insufficientScope, "the access token lacks a scope", status: 403, scope: scope)
            }
    }

    private init(_ fault: DPoPFault, nonce: String) {
        let error: OAuthError =
            switch fault {
            case .nonce: .useDPoPNonce
            case .binding: .invalidToken
            default: .invalidDPoPProof
            }
        self.init(error, fault.description, scheme: .dpop, nonce: nonce)
    }
}
