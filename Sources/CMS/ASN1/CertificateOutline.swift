import SwiftASN1

/// The little of an X.509 certificate (RFC 5280 §4.1) that CMS speaks of; all else is the path checker's.
struct CertificateOutline: Hashable, Sendable {
    /// DER of the Name.
    let issuer: [UInt8]
    /// DER of the INTEGER.
    let serialNumber: [UInt8]
    /// DER SubjectPublicKeyInfo.
    let publicKey: [UInt8]
    /// Octets of the extension; `nil` when absent.
    let keyIdentifier: [UInt8]?

    /// Reads a certificate of ours.
    init(der: [UInt8]) throws(CMSFault) {
        try DERShape.check(der, maximumLength: 1 << 16)
        self = try CMSFault.reading("certificate") { try CertificateOutline(DER.parse(der)) }
    }

    /// `Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm, signatureValue }`
    init(_ node: ASN1Node) throws {
        self = try DER.sequence(node, identifier: .sequence) { nodes in
            let outline = try CertificateOutline(toBeSigned: nodes.required())
            _ = try (nodes.required(), nodes.required())
            return outline
        }
    }

    private init(toBeSigned node: ASN1Node) throws {
        (issuer, serialNumber, publicKey, keyIdentifier) = try DER.sequence(node, identifier: .sequence) { fields in
            _ = fields.next(.context(0))  // version
            let serialNumber = try fields.required()
            _ = try fields.required()  // signature algorithm
            let issuer = try fields.required()
            _ = try (fields.required(), fields.required())  // validity, subject
            let publicKey = try fields.required()
            _ = (fields.next(.context(1)), fields.next(.context(2)))  // unique identifiers
            let extensions = try DER.optionalExplicitlyTagged(&fields, tagNumber: 3, tagClass: .contextSpecific) {
                try DER.sequence(of: CertificateExtension.self, identifier: .sequence, rootNode: $0)
            }
            return (
                Array(issuer.encodedBytes), Array(serialNumber.encodedBytes), Array(publicKey.encodedBytes),
                try extensions?.first { $0.isKeyIdentifier }.map {
                    Array(try ASN1OctetString(derEncoded: $0.value).bytes)
                }
            )
        }
    }
}
