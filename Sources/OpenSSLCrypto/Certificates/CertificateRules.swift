import COpenSSL
import Licensing
import Primitives

/// What Chancery asks of the certificates of a path beyond what OpenSSL checks.
enum CertificateRules {
    static let documentSigning = "1.3.6.1.5.5.7.3.36"
    static let emailProtection = "1.3.6.1.5.5.7.3.4"
    static let timeStamping = "1.3.6.1.5.5.7.3.8"
    private static let anyUsage = "2.5.29.37.0"
    private static let extendedKeyUsage = "2.5.29.37"

    /// Critical extensions that OpenSSL or this file obeys. Policy constraints are not among them: nobody here
    /// evaluates policies, and a critical demand that is not met must refuse (RFC 5280 §4.2).
    private static let understood: Set<String> = [
        "2.5.29.15", "2.5.29.17", "2.5.29.18", "2.5.29.19", "2.5.29.30", "2.5.29.31", "2.5.29.32", extendedKeyUsage,
    ]

    /// Rules for every certificate of the path.
    static func checkForm(_ certificate: X509Certificate) throws(PathRefusal) {
        let subject = certificate.subject
        let extensions = certificate.extensions
        guard extensions.count <= 64, Set(extensions.map(\.oid)).count == extensions.count,
            unsafe X509_get_extension_flags(certificate.pointer) & UInt32(EXFLAG_INVALID) == 0
        else { throw .constraint("an extension stands twice or cannot be read: \(subject)") }
        if let unknown = extensions.first(where: { $0.isCritical && !understood.contains($0.oid) }) {
            throw .constraint("unknown critical extension \(unknown.oid): \(subject)")
        }
        guard certificate.keyKind != nil else {
            throw .weak("the key is too short or of an unknown kind: \(subject)")
        }
    }

    /// The hash under the signature over `certificate`; an anchor's own signature proves nothing and is not asked.
    static func checkSignatureStrength(_ certificate: X509Certificate) throws(PathRefusal) {
        var hash: Int32 = 0
        var key: Int32 = 0
        let isKnown = unsafe X509_get_signature_info(certificate.pointer, &hash, &key, nil, nil) == 1
        let isStrong = hash == NID_sha256 || hash == NID_sha384 || hash == NID_sha512 || key == NID_ED25519
        guard isKnown, isStrong else { throw .weak("signed with an old hash function: \(certificate.subject)") }
    }

    static func checkIssuer(
        _ certificate: X509Certificate, isAnchor: Bool, purpose: CertificatePurpose
    ) throws(PathRefusal) {
        guard certificate.isAuthority else {
            throw .constraint("the issuer is not a certificate authority: \(certificate.subject)")
        }
        if let usage = certificate.keyUsage, usage & UInt32(KU_KEY_CERT_SIGN) == 0 {
            throw .constraint("the issuer's key may not sign certificates: \(certificate.subject)")
        }
        // An extended key usage on an intermediate narrows what it may issue (Baseline Requirements §7.1.2.4).
        guard !isAnchor, let usages = certificate.extendedKeyUsages else { return }
        guard !Set(usages).isDisjoint(with: accepted(for: purpose).union([anyUsage])) else {
            throw .constraint("the issuer may not certify for this use: \(certificate.subject)")
        }
    }

    static func checkEndEntity(_ certificate: X509Certificate, purpose: CertificatePurpose) throws(PathRefusal) {
        let subject = certificate.subject
        guard !certificate.isAuthority else { throw .constraint("a certificate authority signed itself: \(subject)") }
        let signing = UInt32(KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)
        switch purpose {
        case .documentSigning:
            guard let usage = certificate.keyUsage, usage & signing != 0 else {
                throw .constraint("the key usage does not allow signing documents: \(subject)")
            }
            guard let usages = certificate.extendedKeyUsages else { return }
            guard !Set(usages).isDisjoint(with: accepted(for: purpose).union([anyUsage])) else {
                throw .constraint("the extended key usage does not allow signing documents: \(subject)")
            }
        case .timeStamping:
            if let usage = certificate.keyUsage, usage & signing == 0 || usage & ~signing != 0 {
                throw .constraint("the key usage is not that of a time-stamp authority: \(subject)")
            }
            let isCritical = certificate.extensions.contains { $0.oid == extendedKeyUsage && $0.isCritical }
            guard certificate.extendedKeyUsages == [timeStamping], isCritical else {
                throw .constraint("time-stamping is not its only, critical extended key usage: \(subject)")
            }
        }
    }

    private static func accepted(for purpose: CertificatePurpose) -> Set<String> {
        switch purpose {
        case .documentSigning: [documentSigning, emailProtection]
        case .timeStamping: [timeStamping]
        }
    }
}
