import Primitives
import SwiftASN1

/// `SignedAttributes ::= SET SIZE (1..MAX) OF Attribute` (RFC 5652 §5.3), each type once.
struct SignedAttributes: Hashable, Sendable {
    /// As they are hashed and signed: DER with the tag of SET OF, not that of the field (RFC 5652 §5.4).
    let encoded: [UInt8]
    let types: [ASN1ObjectIdentifier]
    let contentType: ASN1ObjectIdentifier
    let messageDigest: [UInt8]
    let signingTime: Instant?
    let signingCertificate: SigningCertificateReference?

    /// - Parameter node: with the tag `[0]` in place of SET OF.
    init(implicitlyTagged node: ASN1Node) throws {
        // SET OF must stand in DER order here, or signer and verifier would hash different bytes.
        let attributes: [CMSAttribute] = try DER.set(identifier: .context(0), rootNode: node)
        try self.init(attributes, encoded: [0x31] + node.encodedBytes.dropFirst())
    }

    private init(_ attributes: [CMSAttribute], encoded: [UInt8]) throws {
        self.encoded = encoded
        types = attributes.map(\.type)
        guard Set(types).count == types.count else { throw CMSFault.malformed("a signed attribute stands twice") }
        let value = { (type: ASN1ObjectIdentifier) in
            try attributes.first { $0.type == type }?.singleValue()
        }
        guard let contentType = try value(.contentType), let messageDigest = try value(.messageDigest) else {
            throw CMSFault.malformed("signed attributes without content-type or message-digest")
        }
        self.contentType = try ASN1ObjectIdentifier(derEncoded: contentType)
        self.messageDigest = Array(try ASN1OctetString(derEncoded: messageDigest).bytes)
        signingTime = try value(.signingTime).map { try DERTime(derEncoded: $0).instant }
        if let second = try value(.signingCertificateV2) {
            signingCertificate = try SigningCertificateV2(derEncoded: second).first
        } else if types.contains(.signingCertificate) {
            throw CMSFault.weak("the signing certificate is named by its SHA-1 hash only")
        } else {
            signingCertificate = nil
        }
    }

    /// Encodes attributes for signing.
    static func encode(_ attributes: [CMSAttribute]) throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serializer.serializeSetOf(attributes)
        return serializer.serializedBytes
    }
}
