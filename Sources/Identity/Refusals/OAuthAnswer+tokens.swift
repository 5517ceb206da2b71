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
            case .booked(let refusal): OAuthAnswer(refusal)
            }
    }
}
