import COpenSSL
import Licensing
import Primitives

/// A parsed certificate revocation list (RFC 5280 §5). Lives inside one call.
@safe final class RevocationList {
    /// DER over this length is not looked at.
    static let maximumLength = 10 << 20
    private static let issuingDistributionPoint = "2.5.29.28"
    private static let reasons = [
        0: "unspecified", 1: "keyCompromise", 2: "cACompromise", 3: "affiliationChanged", 4: "superseded",
        5: "cessationOfOperation", 6: "certificateHold", 9: "privilegeWithdrawn", 10: "aACompromise",
    ]

    private let pointer: OpaquePointer
    let thisUpdate: Instant
    let nextUpdate: Instant

    /// `nil` when the bytes are not one DER list with both times, or more than 10 MiB.
    init?(_ der: [UInt8]) {
        defer { OpenSSLError.clear() }
        guard der.count <= RevocationList.maximumLength, DERShape.isSingleValue(der),
            let pointer = unsafe chancery_read_revocation_list(der, der.count)
        else { return nil }
        guard let this = unsafe X509_CRL_get0_lastUpdate(pointer), let thisUpdate = unsafe ASN1Text.instant(of: this),
            let next = unsafe X509_CRL_get0_nextUpdate(pointer), let nextUpdate = unsafe ASN1Text.instant(of: next)
        else {
            unsafe X509_CRL_free(pointer)
            return nil
        }
        unsafe self.pointer = pointer
        (self.thisUpdate, self.nextUpdate) = (thisUpdate, nextUpdate)
    }

    deinit {
        unsafe X509_CRL_free(pointer)
    }

    /// Whether the list tells the status of `certificate`, issued by `issuer`, at a moment.
    func speaks(of certificate: X509Certificate, from issuer: X509Certificate, at: Instant) -> Bool {
        defer { OpenSSLError.clear() }
        guard thisUpdate <= at, at <= nextUpdate,
            unsafe X509_NAME_cmp(X509_CRL_get_issuer(pointer), X509_get_issuer_name(certificate.pointer)) == 0,
            issuer.keyUsage.map({ $0 & UInt32(KU_CRL_SIGN) != 0 }) ?? true
        else { return false }
        return covers(certificate) && isSigned(by: issuer)
    }

    /// Whether the key of `issuer` made the signature, and with nothing weak.
    func isSigned(by issuer: X509Certificate) -> Bool {
        defer { OpenSSLError.clear() }
        guard isStrong, issuer.keyKind != nil, let key = unsafe X509_get0_pubkey(issuer.pointer) else { return false }
        return unsafe X509_CRL_verify(pointer, key) == 1
    }

    /// What the list says of a certificate it speaks of.
    func answer(for certificate: X509Certificate) -> RevocationAnswer {
        var entry: OpaquePointer?
        // 2 is "removed from the list" (RFC 5280 §5.3.1), an entry that delta lists have.
        guard unsafe X509_CRL_get0_by_cert(pointer, &entry, certificate.pointer) == 1, let entry = unsafe entry else {
            return .good
        }
        let date = unsafe X509_REVOKED_get0_revocationDate(entry)
        // A date that cannot be read is as old as can be: nothing was signed before it.
        let at = unsafe date.flatMap { unsafe ASN1Text.instant(of: $0) } ?? Instant(millisecondsSinceEpoch: 0)
        return .revoked(at: at, reason: unsafe RevocationList.reason(of: entry))
    }

    private static func reason(of entry: OpaquePointer) -> String {
        guard let raw = unsafe X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, nil, nil) else { return "unspecified" }
        let value = unsafe raw.assumingMemoryBound(to: ASN1_ENUMERATED.self)
        defer { unsafe ASN1_ENUMERATED_free(value) }
        return reasons[unsafe Int(ASN1_ENUMERATED_get(value))] ?? "unspecified"
    }

    /// SHA-2 under the signature. RSA-PSS hides its hash in parameters: only the usual ones count.
    private var isStrong: Bool {
        var algorithm: UnsafePointer<X509_ALGOR>?
        unsafe X509_CRL_get0_signature(pointer, nil, &algorithm)
        guard let algorithm = unsafe algorithm else { return false }
        let name = unsafe OBJ_obj2nid(algorithm.pointee.algorithm)
        if name == NID_rsassaPss {
            let der = unsafe try? DEREncoding.bytes("read an algorithm") { unsafe i2d_X509_ALGOR(algorithm, $0) }
            return HashAlgorithm.allCases.contains { der == AlgorithmIdentifier.rsaPSS($0) }
        }
        var hash: Int32 = 0
        var key: Int32 = 0
        guard unsafe OBJ_find_sigid_algs(name, &hash, &key) == 1 else { return false }
        return hash == NID_sha256 || hash == NID_sha384 || hash == NID_sha512 || key == NID_ED25519
    }

    /// Whether the list is whole and meant for this certificate: no delta, no indirect list, no unknown critical
    /// extension, and a distribution point, where it names one, that the certificate names too (RFC 5280 §5.2.5).
    private func covers(_ certificate: X509Certificate) -> Bool {
        let count = unsafe max(0, X509_CRL_get_ext_count(pointer))
        for index in 0..<count {
            guard let each = unsafe X509_CRL_get_ext(pointer, index) else { return false }
            let oid = unsafe ObjectIdentifierText.dotted(X509_EXTENSION_get_object(each))
            guard unsafe X509_EXTENSION_get_critical(each) != 1 || oid == RevocationList.issuingDistributionPoint else {
                return false
            }
        }
        var isCritical: Int32 = 0
        guard let raw = unsafe X509_CRL_get_ext_d2i(pointer, NID_issuing_distribution_point, &isCritical, nil) else {
            // -1 is "not there"; all else is broken.
            return isCritical == -1
        }
        let point = unsafe raw.assumingMemoryBound(to: ISSUING_DIST_POINT.self)
        defer { unsafe ISSUING_DIST_POINT_free(point) }
        return unsafe RevocationList.admits(point.pointee, certificate)
    }

    private static func admits(_ point: ISSUING_DIST_POINT, _ certificate: X509Certificate) -> Bool {
        guard unsafe point.indirectCRL == 0, unsafe point.onlyattr == 0, unsafe point.onlysomereasons == nil,
            unsafe point.onlyuser == 0 || !certificate.isAuthority, unsafe point.onlyCA == 0 || certificate.isAuthority
        else { return false }
        guard let name = unsafe point.distpoint else { return true }
        guard let names = unsafe chancery_point_name(name) else { return false }
        return unsafe !Set(GeneralNameText.uris(names)).isDisjoint(with: certificate.revocationListAddresses)
    }
}
