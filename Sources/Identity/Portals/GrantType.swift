/// Ways to get a token that a portal may be given; the raw value is the word of the policy file.
package enum GrantType: String, Hashable, Sendable, CaseIterable {
    case authorizationCode = "authorization_code"
    case refreshToken = "refresh_token"
    case clientCredentials = "client_credentials"
    case tokenExchange = "token_exchange"
    case deviceCode = "device_code"

    /// The value of `grant_type` and of `grant_types_supported` (RFC 6749, RFC 8693 §2.1, RFC 8628 §3.4).
    package var wireName: String {
        switch self {
        case .authorizationCode, .refreshToken, .clientCredentials: rawValue
        case .tokenExchange: "urn:ietf:params:oauth:grant-type:token-exchange"
        case .deviceCode: "urn:ietf:params:oauth:grant-type:device_code"
        }
    }

    package init?(wireName: String) {
        guard let type = GrantType.allCases.first(where: { $0.wireName == wireName }) else { return nil }
        self = type
    }
}
