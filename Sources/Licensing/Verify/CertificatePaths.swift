package import Primitives

/// What Chancery reads from an X.509 certificate (RFC 5280).
package struct Certificate: Hashable, Sendable {
    package let der: [UInt8]
    /// RFC 4514 text of the subject.
    package let subject: String
    package let issuer: String
    package let commonName: String?
    /// Attribute 2.5.4.97: here the unified social credit code of the department.
    package let organizationIdentifier: String?
    /// Big-endian content octets.
    package let serialNumber: [UInt8]
    package let notBefore: Instant
    package let notAfter: Instant
    /// DER SubjectPublicKeyInfo.
    package let publicKey: [UInt8]
    package let isCA: Bool
    /// Subject alternative names of kind URI.
    package let uriNames: [String]
    /// HTTP addresses of CRL distribution points.
    package let crlURLs: [String]
    /// Dotted OIDs; empty when the extension is absent.
    package let extendedKeyUsages: [String]
    package let isSelfSigned: Bool
    /// SHA-256 of `der`.
    package let fingerprint: Digest

    package init(
        der: [UInt8], subject: String, issuer: String, commonName: String?, organizationIdentifier: String?,
        serialNumber: [UInt8], notBefore: Instant, notAfter: Instant, publicKey: [UInt8], isCA: Bool,
        uriNames: [String], crlURLs: [String], extendedKeyUsages: [String], isSelfSigned: Bool, fingerprint: Digest
    ) {
        (self.der, self.subject, self.issuer, self.commonName) = (der, subject, issuer, commonName)
        (self.organizationIdentifier, self.serialNumber) = (organizationIdentifier, serialNumber)
        (self.notBefore, self.notAfter, self.publicKey, self.isCA) = (notBefore, notAfter, publicKey, isCA)
        (self.uriNames, self.crlURLs, self.extendedKeyUsages) = (uriNames, crlURLs, extendedKeyUsages)
        (self.isSelfSigned, self.fingerprint) = (isSelfSigned, fingerprint)
    }
}

/// What a path must end in being good for.
package enum CertificatePurpose: Hashable, Sendable {
    /// End entity, key usage digitalSignature or nonRepudiation; an EKU, where present, must have document signing
    /// (1.3.6.1.5.5.7.3.36), email protection, or anyExtendedKeyUsage.
    case documentSigning
    /// EKU timeStamping only and critical (RFC 3161 §2.3).
    case timeStamping
}

/// What revocation lists say of the end-entity certificate.
package enum RevocationAnswer: Hashable, Sendable {
    /// A current CRL of its issuer does not list it.
    case good
    case revoked(at: Instant, reason: String)
    /// No CRL of its issuer that is current at the moment asked about was given.
    case unknown
}

package enum PathRefusal: Error, Hashable, Sendable {
    case noChain(String)
    case notYetValid(String)
    case expired(String)
    case badSignature(String)
    /// Basic constraints, key usage, EKU, unknown critical extension, name constraints, …
    case constraint(String)
    /// SHA-1 or MD5 signature, RSA under 2048 bits, other curves.
    case weak(String)
    case issuerRevoked(String)
}

package struct TrustedPath: Hashable, Sendable {
    /// End entity first, anchor last.
    package let chain: [Certificate]
    package let revocation: RevocationAnswer

    package init(chain: [Certificate], revocation: RevocationAnswer) {
        (self.chain, self.revocation) = (chain, revocation)
    }
}

/// Port: reads certificates and builds paths to anchors.
package protocol CertificatePaths: Sendable {
    /// `nil` when the bytes are not one DER certificate, or larger than 64 KiB.
    func certificate(_ der: [UInt8]) -> Certificate?
    /// A path from `leaf` over `intermediates` to one of `anchors` (only CA certificates count), all valid at `at`.
    /// Revocation is answered as known at `revocationAt` (usually now, while `at` may be a proven signing time): a
    /// `crls` entry that cannot be read, is not signed by the issuer, or is not current at `revocationAt`
    /// (thisUpdate ≤ revocationAt ≤ nextUpdate) is not used.
    func path(
        for leaf: [UInt8], intermediates: [[UInt8]], anchors: [[UInt8]], crls: [[UInt8]], at: Instant,
        revocationAt: Instant, purpose: CertificatePurpose
    ) throws(PathRefusal) -> TrustedPath
}
