/// Why a portal's request is refused: at `/token`, `/introspect`, `/revoke`, `/device_authorization`, and `/par` where the
/// portal itself is concerned.
package enum TokenRefusal: Error, Hashable, Sendable {
    case repeatedParameter
    /// Only names of the protocol, never what was sent.
    case missingParameter(String)
    case unusableParameter(String)
    /// Who it is from was not proven.
    case client
    /// The proof is wrong; `nonce` may be used for the next one.
    case proof(DPoPFault, nonce: String)
    case unknownGrantType
    case grantNotAllowed
    /// Unknown, spent, too late, another portal's, or its grant has ended.
    case code
    case redirectURI
    /// `code_verifier` is missing, wrong, or answers no challenge.
    case proofKey
    /// The code belongs to another DPoP key.
    case boundKey
    case refreshToken
    case subjectToken
    case target
    case scope
    /// Unknown, redeemed before, another portal's, or it belongs to another DPoP key.
    case deviceCode
    case deviceCodeExpired
    case pending
    case slowDown
    case denied
    /// The token to be revoked belongs to another portal.
    case foreignToken
    /// Of the portal.
    case tooManyDevices
    case tooManyDevicesOfAddress
    /// One of the above, with its audit entry written in the transaction that refused.
    indirect case booked(TokenRefusal)

    /// What belongs to the usual course of things is not written to the log, and what the books refused is there already.
    var isNoteworthy: Bool {
        switch self {
        case .pending, .slowDown, .deviceCodeExpired, .proof(.nonce, _), .booked: false
        default: true
        }
    }

    /// Seconds, for the header `Retry-After`.
    package var retryAfter: Int? {
        switch self {
        case .tooManyDevices, .tooManyDevicesOfAddress: 60
        default: nil
        }
    }

    /// For the header `DPoP-Nonce`.
    package var nonce: String? {
        if case .proof(_, let nonce) = self { nonce } else { nil }
    }
}
