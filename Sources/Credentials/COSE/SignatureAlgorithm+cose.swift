import Primitives

extension SignatureAlgorithm {
    /// The registered number (RFC 9053 §2, RFC 8230 §2, RFC 8812 §2).
    var coseIdentifier: Int64 {
        switch self {
        case .es256: -7
        case .eddsa: -8
        case .es384: -35
        case .ps256: -37
        case .rs256: -257
        }
    }

    /// `nil` for an algorithm that is not accepted.
    init?(coseIdentifier: Int64) {
        guard let known = SignatureAlgorithm.allCases.first(where: { $0.coseIdentifier == coseIdentifier }) else {
            return nil
        }
        self = known
    }
}
