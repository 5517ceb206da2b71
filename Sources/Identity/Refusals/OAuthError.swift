/// The outward vocabulary of refusals: `error` of OAuth and OpenID Connect answers.
package enum OAuthError: String, Hashable, Sendable, CaseIterable {
    // RFC 6749 §4.1.2.1, §5.2
    case invalidRequest = "invalid_request"
    case invalidClient = "invalid_client"
    case invalidGrant = "invalid_grant"
    case invalidScope = "invalid_scope"
    case unauthorizedClient = "unauthorized_client"
    case unsupportedGrantType = "unsupported_grant_type"
    case unsupportedResponseType = "unsupported_response_type"
    case accessDenied = "access_denied"
    case serverError = "server_error"
    case temporarilyUnavailable = "temporarily_unavailable"
    // OpenID Connect Core §3.1.2.6
    case loginRequired = "login_required"
    case interactionRequired = "interaction_required"
    case consentRequired = "consent_required"
    case accountSelectionRequired = "account_selection_required"
    case requestNotSupported = "request_not_supported"
    case requestURINotSupported = "request_uri_not_supported"
    case invalidRequestURI = "invalid_request_uri"
    /// OpenID Connect Core Unmet Authentication Requirements 1.0
    case unmetAuthenticationRequirements = "unmet_authentication_requirements"
    /// RFC 8707 §2, RFC 8693 §2.2.2
    case invalidTarget = "invalid_target"
    // RFC 8628 §3.5
    case authorizationPending = "authorization_pending"
    case slowDown = "slow_down"
    case expiredToken = "expired_token"
    // RFC 9449 §5, §8, §10
    case invalidDPoPProof = "invalid_dpop_proof"
    case useDPoPNonce = "use_dpop_nonce"
    // RFC 6750 §3.1
    case invalidToken = "invalid_token"
    case insufficientScope = "insufficient_scope"
    /// RFC 7009 §2.2.1
    case unsupportedTokenType = "unsupported_token_type"
    /// RFC 9470 §3
    case insufficientUserAuthentication = "insufficient_user_authentication"
}

/// A refusal as it leaves the house.
package struct OAuthAnswer: Hashable, Sendable {
    package let error: OAuthError
    /// `error_description`: printable ASCII without `"` and `\` (RFC 6749 §5.2), and nothing that the caller sent.
    package let description: String
    /// HTTP status where the answer is no redirect.
    package let status: Int

    package init(_ error: OAuthError, _ description: String, status: Int = 400) {
        (self.error, self.description, self.status) = (error, description, status)
    }
}
