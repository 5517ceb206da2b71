import Primitives

/// The kinds of certificate that Chancery makes (RFC 5280 §4.2).
enum CertificateProfile: Hashable, Sendable {
    case root
    /// Issues the certificates below and nothing else.
    case issuingAuthority
    /// Signs licenses, status lists and bundles.
    case documentSigner
    /// RFC 3161 §2.3.
    case timeStamping

    /// Years from the beginning to the end; less where the issuer ends before.
    var years: Int {
        switch self {
        case .root: 20
        case .issuingAuthority: 10
        case .documentSigner: 1
        case .timeStamping: 5
        }
    }

    /// So long before its end a certificate is renewed with the same key. An issuer needs the life of what it
    /// issues; the root is never renewed silently, because people install it by hand.
    var renewalDays: Int? {
        switch self {
        case .root: nil
        case .issuingAuthority: 5 * 365
        case .documentSigner: 60
        case .timeStamping: 365
        }
    }

    /// Bit numbers of RFC 5280 §4.2.1.3.
    var keyUsage: [UInt8] {
        switch self {
        case .root, .issuingAuthority: [5, 6]
        case .documentSigner: [0, 1]
        case .timeStamping: [0]
        }
    }

    /// Email protection stands beside document signing because readers built on NSS trust no other.
    var extendedKeyUsages: [String] {
        switch self {
        case .root, .issuingAuthority: []
        case .documentSigner: [CertificateRules.documentSigning, CertificateRules.emailProtection]
        case .timeStamping: [CertificateRules.timeStamping]
        }
    }

    /// DER BasicConstraints; `nil` for end entities.
    var basicConstraints: [UInt8]? {
        switch self {
        case .root: DER.sequence(DER.boolean(true))
        case .issuingAuthority: DER.sequence(DER.boolean(true), DER.integer(0))
        case .documentSigner, .timeStamping: nil
        }
    }
}
