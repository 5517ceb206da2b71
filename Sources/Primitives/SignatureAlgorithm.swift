/// Signature algorithms Chancery makes and accepts, by their JOSE names (RFC 7518 §3.1, RFC 8037).
package enum SignatureAlgorithm: String, Hashable, Sendable, CaseIterable {
    case es256 = "ES256"
    case es384 = "ES384"
    case ps256 = "PS256"
    case rs256 = "RS256"
    case eddsa = "EdDSA"

    package var hash: HashAlgorithm {
        switch self {
        case .es256, .ps256, .rs256: .sha256
        case .es384: .sha384
        case .eddsa: .sha512
        }
    }
}
