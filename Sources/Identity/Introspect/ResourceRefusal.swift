import Primitives

/// Why an access token does not open a door of this provider.
package enum ResourceRefusal: Error, Hashable, Sendable {
    /// There is none.
    case missing
    /// In header and form at once, or in a header that cannot be read.
    case malformed
    /// Unknown, too old, revoked, for somebody else, or its grant, session or account is over.
    case token
    /// A token that is bound to a key came as a bearer token, or the other way round.
    case scheme
    case proof(DPoPFault, nonce: String)
    /// The scope that was needed.
    case scope(String)
}

/// The refusal as it leaves the house (RFC 6750 §3, RFC 9449 §7.1).
package struct ResourceAnswer: Hashable, Sendable {
    package let status: Int
    /// `nil` where nothing was presented: then no error may be named (RFC 6750 §3.1).
    package let error: OAuthError?
    package let description: String
    /// For the header `WWW-Authenticate`.
    package let challenge: String
    /// For the header `DPoP-Nonce`.
    package let nonce: String?

    package init(_ refusal: ResourceRefusal) {
        var (status, scheme, nonce): (Int, Scheme, String?) = (401, .bearer, nil)
        var needed: String?
        switch refusal {
        case .missing: (error, description, scheme) = (nil, "an access token is needed", .both)
        case .malformed: (error, description, status) = (.invalidRequest, "the access token came in no usable way", 400)
        case .token: (error, description) = (.invalidToken, "the access token is not valid here")
        case .scheme: (error, description, scheme) = (.invalidToken, "the access token needs the other scheme", .both)
        case .proof(let fault, let fresh):
            error = fault == .nonce ? .useDPoPNonce : (fault == .binding ? .invalidToken : .invalidDPoPProof)
            (description, scheme, nonce) = (fault.description, .dpop, fresh)
        case .scope(let scope):
            (error, description, status) = (.insufficientScope, "the access token lacks a scope", 403)
            needed = scope
        }
        (self.status, self.nonce) = (status, nonce)
        challenge = scheme.challenge(error: error, description: description, scope: needed)
    }

    private enum Scheme {
        case bearer
        case dpop
        case both

        func challenge(error: OAuthError?, description: String, scope: String?) -> String {
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
}
