/// What is wrong with a DPoP proof (RFC 9449 §4.3).
package enum DPoPFault: Error, Hashable, Sendable, CustomStringConvertible {
    case missing
    case several
    case malformed
    case type
    case algorithm
    case key
    case signature
    case method
    case uri
    case time
    /// Not one of ours, or too old.
    case nonce
    case tokenHash
    /// Another key than the token's.
    case binding
    case replayed

    package var description: String {
        switch self {
        case .missing: "a DPoP proof is required"
        case .several: "there is more than one DPoP proof"
        case .malformed: "the DPoP proof is no JWT with jti, htm, htu and iat"
        case .type: "the DPoP proof has another typ than dpop+jwt"
        case .algorithm: "the algorithm of the DPoP proof is not accepted"
        case .key: "jwk of the DPoP proof is no public key that is accepted"
        case .signature: "the signature of the DPoP proof is wrong"
        case .method: "htm of the DPoP proof is another method"
        case .uri: "htu of the DPoP proof is another address"
        case .time: "iat of the DPoP proof is too far from now"
        case .nonce: "nonce of the DPoP proof is not usable"
        case .tokenHash: "ath of the DPoP proof is missing or of another token"
        case .binding: "the DPoP proof is by another key than the token's"
        case .replayed: "the DPoP proof was used before"
        }
    }
}
