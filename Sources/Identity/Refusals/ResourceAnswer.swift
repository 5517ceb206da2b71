import Primitives

/// A refusal of an access token as it leaves the house (RFC 6750 §3, RFC 9449 §7.1).
package struct ResourceAnswer: Hashable, Sendable {
    /// What the challenge asks for.
    enum Scheme {
        case bearer
        case dpop
        case both
    }

    package let status: Int
    /// `nil` where nothing was presented: then no error may be named (RFC 6750 §3.1).
    package let error: OAuthError?
    package let description: String
    /// For the header `WWW-Authenticate`.
    package let challenge: String
    /// For the header `DPoP-Nonce`.
    package let nonce: String?

    /// - Parameter scope: the one that the token lacks.
    init(
        _ error: OAuthError?, _ description: String, status: Int = 401, scheme: Scheme = .bearer, scope: String? = nil,
        nonce: String? = nil
    ) {
        (self.status, self.error, self.description, self.nonce) = (status, error, description, nonce)
        challenge = scheme.challenge(error: error, description: description, scope: scope)
    }
}

extension ResourceAnswer.Scheme {
    fileprivate func challenge(error: OAuthError?, description: String, scope: String?) -> String {
        var parameters: [String] = []
        if let error { parameters += ["error=\"\(error.rawValue)\"", "error_description=\"\(description)\""] }
        if let scope { parameters.append("scope=\"\(scope)\"") }
        let algorithms = DPoPProof.algorithms.map(\.rawValue).joined(separator: " ")
        let bearer = (["Bearer realm=\"chancery\""] + parameters).joined(separator: ", ")
        let dpop = (["DPoP algs=\"\(algorithms)\""] + parameters).joined(separator: ", ")
        return switch self {
        case .bearer: bearer
        case .dpop: dpop
        case .both: bearer + ", " + dpop
        }
    }
}
