extension PathRefusal {
    /// The word for this refusal when the signing time is known as `signed` says (ETSI EN 319 102-1 §5.2.6.4, §5.5.4).
    func subIndication(_ signed: SigningTime) -> SubIndication {
        switch self {
        case .noChain: .noCertificateChain
        case .expired: signed.proven == nil ? .outOfBoundsWithoutProof : .expired
        case .notYetValid: signed.proven == nil ? .outOfBoundsWithoutProof : .notYetValid
        case .badSignature, .constraint, .issuerRevoked: .chainConstraints
        case .weak: .cryptoConstraints
        }
    }

    /// Whether another moment might give another answer.
    var isOutOfBounds: Bool {
        switch self {
        case .expired, .notYetValid: true
        default: false
        }
    }

    /// A whole sentence for people.
    var sentence: String {
        switch self {
        case .noChain(let detail): "the signer's certificate leads to no trusted authority (\(detail))"
        case .notYetValid(let detail): "a certificate was not yet valid (\(detail))"
        case .expired(let detail): "a certificate had expired (\(detail))"
        case .badSignature(let detail): "a certificate's own signature is wrong (\(detail))"
        case .constraint(let detail): "a certificate must not be used for this (\(detail))"
        case .weak(let detail): "a certificate uses weak cryptography (\(detail))"
        case .issuerRevoked(let detail): "a certificate authority was revoked (\(detail))"
        }
    }
}
