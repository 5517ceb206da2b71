import COpenSSL
import Primitives

/// A parsed X.509 certificate.
///
/// `@unchecked Sendable`: never changed after parsing; OpenSSL guards the caches inside.
@safe final class X509Certificate: @unchecked Sendable {
    /// DER over this length is not looked at.
    static let maximumLength = 65_536

    let der: [UInt8]
    let pointer: OpaquePointer

    /// `nil` when the bytes are not one DER certificate, or more than 64 KiB.
    init?(_ der: [UInt8]) {
        defer { OpenSSLError.clear() }
        guard der.count <= X509Certificate.maximumLength, DERShape.isSingleValue(der),
            let pointer = unsafe chancery_read_certificate(der, der.count)
        else { return nil }
        self.der = der
        unsafe self.pointer = pointer
        // Reads the extensions into OpenSSL's cache, which later questions rely on.
        unsafe X509_check_purpose(pointer, -1, 0)
    }

    deinit {
        unsafe X509_free(pointer)
    }

    /// Whether basic constraints make it a certificate authority; version 1 certificates are none.
    var isAuthority: Bool { unsafe X509_check_ca(pointer) == 1 }

    var subject: String { unsafe DistinguishedNameText.rfc4514(X509_get_subject_name(pointer)) }

    /// Whether `issuer` has the name of this certificate's issuer.
    func names(issuer: X509Certificate) -> Bool {
        unsafe X509_NAME_cmp(X509_get_issuer_name(pointer), X509_get_subject_name(issuer.pointer)) == 0
    }

    /// The bits of RFC 5280 §4.2.1.3 as OpenSSL counts them (`KU_…`); `nil` without the extension.
    var keyUsage: UInt32? {
        let usage = unsafe X509_get_key_usage(pointer)
        return usage == .max ? nil : usage
    }

    /// Dotted OIDs of every extension, in order, and whether it is critical.
    var extensions: [(oid: String, isCritical: Bool)] {
        unsafe (0..<max(0, X509_get_ext_count(pointer))).compactMap { index in
            guard let each = unsafe X509_get_ext(pointer, index),
                let oid = unsafe ObjectIdentifierText.dotted(X509_EXTENSION_get_object(each))
            else { return nil }
            return (oid, unsafe X509_EXTENSION_get_critical(each) == 1)
        }
    }

    /// Dotted OIDs; `nil` without the extension.
    var extendedKeyUsages: [String]? {
        guard let raw = unsafe X509_get_ext_d2i(pointer, NID_ext_key_usage, nil, nil) else { return nil }
        let usages = OpaquePointer(raw)
        defer { unsafe EXTENDED_KEY_USAGE_free(usages) }
        return unsafe (0..<max(0, chancery_usages_count(usages))).compactMap {
            unsafe ObjectIdentifierText.dotted(chancery_usages_at(usages, $0))
        }
    }

    /// Subject alternative names of kind URI.
    var uriNames: [String] {
        guard let raw = unsafe X509_get_ext_d2i(pointer, NID_subject_alt_name, nil, nil) else { return [] }
        let names = OpaquePointer(raw)
        defer { unsafe GENERAL_NAMES_free(names) }
        return unsafe GeneralNameText.uris(names)
    }

    /// URIs of the CRL distribution points (RFC 5280 §4.2.1.13).
    var revocationListAddresses: [String] {
        guard let raw = unsafe X509_get_ext_d2i(pointer, NID_crl_distribution_points, nil, nil) else { return [] }
        let points = OpaquePointer(raw)
        defer { unsafe CRL_DIST_POINTS_free(points) }
        return unsafe (0..<max(0, chancery_points_count(points))).flatMap { index -> [String] in
            guard let name = unsafe chancery_points_name(points, index) else { return [] }
            return unsafe GeneralNameText.uris(name)
        }
    }

    /// `nil` for weak and foreign keys.
    var keyKind: KeyKind? {
        guard let key = unsafe X509_get0_pubkey(pointer) else { return nil }
        return unsafe KeyKind(of: key)
    }

    func subjectPublicKeyInfo() throws(OpenSSLError) -> [UInt8] {
        unsafe try DEREncoding.bytes("read a public key") { unsafe i2d_X509_PUBKEY(X509_get_X509_PUBKEY(pointer), $0) }
    }

    /// The subject as DER, byte for byte.
    func subjectName() throws(OpenSSLError) -> [UInt8] {
        unsafe try DEREncoding.bytes("read a name") { unsafe i2d_X509_NAME(X509_get_subject_name(pointer), $0) }
    }

    /// Content octets of the subject key identifier; `nil` without the extension.
    var subjectKeyIdentifier: [UInt8]? {
        guard let value = unsafe X509_get0_subject_key_id(pointer) else { return nil }
        return unsafe ASN1Text.bytes(of: value)
    }
}
