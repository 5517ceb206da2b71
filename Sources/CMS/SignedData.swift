package import Primitives
import SwiftASN1

/// SignedData (RFC 5652 §5) read strictly: DER, exactly one signer, size, depth and count bounded. Nothing is verified.
package struct SignedData: Hashable, Sendable {
    /// Of the content (eContentType), dotted.
    package let contentType: String
    /// The signed octets; `nil` when they are elsewhere.
    package let content: [UInt8]?
    /// DER exactly as they stand.
    package let certificates: [[UInt8]]
    /// DER exactly as they stand.
    package let revocationLists: [[UInt8]]
    /// Hashes the content.
    package let digestAlgorithm: HashAlgorithm
    /// Signs the attributes, with the same hash function.
    package let scheme: SignatureScheme
    package let signature: [UInt8]
    /// The certificate that the signer's identifier names, by issuer and serial number or by key identifier.
    package let signerCertificate: [UInt8]?
    /// DER SubjectPublicKeyInfo of that certificate.
    package let signerPublicKey: [UInt8]?
    /// Signed attributes as they are hashed: DER SET OF. `nil` when there are none.
    package let signedAttributes: [UInt8]?
    /// Of the signed attributes, dotted, in order.
    package let attributeTypes: [String]
    /// The same as `contentType`; `nil` without signed attributes.
    package let contentTypeAttribute: String?
    /// What the signer says the content hashes to; `nil` without signed attributes.
    package let messageDigest: [UInt8]?
    /// Claimed, not proven.
    package let signingTime: Instant?
    /// `nil` when the signer does not say which certificate is its own.
    package let signingCertificate: SigningCertificateReference?
    /// DER ContentInfo of each signature time-stamp (unsigned attribute 1.2.840.113549.1.9.16.2.14).
    package let timeStampTokens: [[UInt8]]

    /// - Parameter der: one ContentInfo and nothing after it.
    /// - Throws: `weak` for SHA-1 and older, `unsupported` for several signers, `malformed` for what is no DER or
    ///   contradicts itself.
    package init(parsing der: [UInt8], maximumLength: Int = 4 << 20) throws(CMSFault) {
        try DERShape.check(der, maximumLength: maximumLength)
        let fields = try CMSFault.reading("SignedData") { try ContentInfo(derEncoded: DER.parse(der)).signedData }
        try self.init(fields)
    }

    private init(_ fields: SignedDataFields) throws(CMSFault) {
        let (signer, attributes) = (fields.signer, fields.signer.signedAttributes)
        digestAlgorithm = try signer.digestAlgorithm.hash()
        scheme = try signer.signatureAlgorithm.scheme(digest: digestAlgorithm)
        signature = signer.signature
        (contentType, content) = (fields.encapsulated.contentType.dotted, fields.encapsulated.content)
        certificates = fields.certificates.map(\.der)
        revocationLists = fields.revocationLists
        let named = try SignedData.certificate(named: signer.identifier, in: fields.certificates)
        (signerCertificate, signerPublicKey) = (named?.der, named?.outline?.publicKey)
        signedAttributes = attributes?.encoded
        attributeTypes = attributes?.types.map(\.dotted) ?? []
        contentTypeAttribute = attributes?.contentType.dotted
        messageDigest = attributes?.messageDigest
        signingTime = attributes?.signingTime
        signingCertificate = attributes?.signingCertificate
        timeStampTokens = signer.unsignedAttributes.filter { $0.type == .signatureTimeStamp }
            .flatMap(\.values).map(\.bytes)
        // RFC 5652 §11.1: the attribute must say the same as the field that nothing else protects.
        guard attributes.map({ $0.contentType == fields.encapsulated.contentType }) ?? true else {
            throw .malformed("the content-type attribute names another type than the content has")
        }
    }

    private static func certificate(
        named identifier: SignerIdentifier, in certificates: [CMSCertificate]
    ) throws(CMSFault) -> CMSCertificate? {
        let named = certificates.filter { $0.outline.map(identifier.names) ?? false }
        guard Set(named).count <= 1 else { throw .malformed("several certificates answer to the signer's name") }
        return named.first
    }
}
