import CMS

extension CMSFault {
    /// Weak cryptography proves nothing either way; anything else is no signature at all.
    var subIndication: SubIndication {
        switch self {
        case .malformed, .unsupported: .formatFailure
        case .weak: .cryptoConstraints
        }
    }
}
