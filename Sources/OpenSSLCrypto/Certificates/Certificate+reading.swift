import COpenSSL
import Licensing
import Primitives

extension Certificate {
    /// `nil` when a time is out of range, the serial number is negative or over 64 bytes, or the key cannot be written.
    init?(reading source: X509Certificate) {
        defer { OpenSSLError.clear() }
        let name = unsafe X509_get_subject_name(source.pointer)
        guard let before = unsafe X509_get0_notBefore(source.pointer),
            let notBefore = unsafe ASN1Text.instant(of: before),
            let after = unsafe X509_get0_notAfter(source.pointer), let notAfter = unsafe ASN1Text.instant(of: after),
            let serialNumber = Certificate.serialNumber(of: source),
            let publicKey = try? source.subjectPublicKeyInfo()
        else { return nil }
        self.init(
            der: source.der, subject: source.subject,
            issuer: unsafe DistinguishedNameText.rfc4514(X509_get_issuer_name(source.pointer)),
            commonName: unsafe DistinguishedNameText.value(of: NID_commonName, in: name),
            organizationIdentifier: unsafe DistinguishedNameText.value(of: NID_organizationIdentifier, in: name),
            serialNumber: serialNumber, notBefore: notBefore, notAfter: notAfter, publicKey: publicKey,
            isCA: source.isAuthority, uriNames: source.uriNames,
            crlURLs: source.revocationListAddresses.filter { $0.hasPrefix("http://") || $0.hasPrefix("https://") },
            extendedKeyUsages: source.extendedKeyUsages ?? [],
            isSelfSigned: unsafe X509_self_signed(source.pointer, 1) == 1,
            fingerprint: OpenSSLHashing().sha256(source.der))
    }

    private static func serialNumber(of source: X509Certificate) -> [UInt8]? {
        let encoded = unsafe try? DEREncoding.bytes("read a serial number") {
            unsafe i2d_ASN1_INTEGER(X509_get0_serialNumber(source.pointer), $0)
        }
        // Short form of the length only: RFC 5280 §4.1.2.2 allows 20 bytes.
        guard let encoded, (3...66).contains(encoded.count), encoded[2] < 0x80 else { return nil }
        return Array(encoded.dropFirst(2))
    }
}
