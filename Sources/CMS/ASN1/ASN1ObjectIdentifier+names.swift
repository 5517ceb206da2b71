import SwiftASN1

/// Content types.
extension ASN1ObjectIdentifier {
    /// `id-data` (RFC 5652 §4).
    static let data: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 7, 1]
    /// `id-signedData` (RFC 5652 §5.1).
    static let signedData: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 7, 2]
    /// `id-ct-TSTInfo` (RFC 3161 §2.4.2).
    static let timeStampInfo: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 16, 1, 4]
}

/// Attributes of a signer.
extension ASN1ObjectIdentifier {
    /// RFC 5652 §11.1.
    static let contentType: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 3]
    /// RFC 5652 §11.2.
    static let messageDigest: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 4]
    /// RFC 5652 §11.3.
    static let signingTime: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 5]
    /// `id-aa-signingCertificate`, bound to SHA-1 (RFC 2634 §5.4).
    static let signingCertificate: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 16, 2, 12]
    /// `id-aa-signingCertificateV2` (RFC 5035 §3).
    static let signingCertificateV2: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 16, 2, 47]
    /// `id-aa-timeStampToken`, unsigned (RFC 3161 appendix A).
    static let signatureTimeStamp: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 9, 16, 2, 14]
}

/// Hash functions (RFC 5754 §2) and those that are broken.
extension ASN1ObjectIdentifier {
    static let sha256: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 1]
    static let sha384: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 2]
    static let sha512: ASN1ObjectIdentifier = [2, 16, 840, 1, 101, 3, 4, 2, 3]
    static let sha1: ASN1ObjectIdentifier = [1, 3, 14, 3, 2, 26]
    static let md5: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 2, 5]
    static let md4: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 2, 4]
    static let md2: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 2, 2]
}

/// Signatures.
extension ASN1ObjectIdentifier {
    /// RFC 3370 §3.2: PKCS #1 v1.5, the hash being that of the content.
    static let rsaEncryption: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 1]
    /// RFC 5754 §3.2.
    static let sha256WithRSA: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 11]
    static let sha384WithRSA: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 12]
    static let sha512WithRSA: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 13]
    static let sha1WithRSA: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 5]
    static let md5WithRSA: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 4]
    static let md2WithRSA: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 2]
    /// `id-RSASSA-PSS` and `id-mgf1` (RFC 4055 §2.2, §3.1).
    static let rsaPSS: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 10]
    static let mgf1: ASN1ObjectIdentifier = [1, 2, 840, 113_549, 1, 1, 8]
    /// RFC 5754 §3.3.
    static let ecdsaWithSHA256: ASN1ObjectIdentifier = [1, 2, 840, 10_045, 4, 3, 2]
    static let ecdsaWithSHA384: ASN1ObjectIdentifier = [1, 2, 840, 10_045, 4, 3, 3]
    static let ecdsaWithSHA512: ASN1ObjectIdentifier = [1, 2, 840, 10_045, 4, 3, 4]
    static let ecdsaWithSHA1: ASN1ObjectIdentifier = [1, 2, 840, 10_045, 4, 1]
    static let dsaWithSHA1: ASN1ObjectIdentifier = [1, 2, 840, 10_040, 4, 3]
    /// RFC 8410 §3.
    static let ed25519: ASN1ObjectIdentifier = [1, 3, 101, 112]
}

/// Certificate extensions.
extension ASN1ObjectIdentifier {
    /// RFC 5280 §4.2.1.2.
    static let subjectKeyIdentifier: ASN1ObjectIdentifier = [2, 5, 29, 14]
}
