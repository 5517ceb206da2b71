import SwiftASN1

/// `EncapsulatedContentInfo ::= SEQUENCE { eContentType, eContent [0] EXPLICIT OCTET STRING OPTIONAL }`
/// (RFC 5652 §5.2).
struct EncapsulatedContentInfo: DERParseable, DERSerializable, Hashable, Sendable {
    let contentType: ASN1ObjectIdentifier
    /// `nil` when detached.
    let content: [UInt8]?

    init(contentType: ASN1ObjectIdentifier, content: [UInt8]?) {
        (self.contentType, self.content) = (contentType, content)
    }

    init(derEncoded node: ASN1Node) throws {
        (contentType, content) = try DER.sequence(node, identifier: .sequence) { nodes in
            let contentType = try ASN1ObjectIdentifier(derEncoded: &nodes)
            let content = try DER.optionalExplicitlyTagged(&nodes, tagNumber: 0, tagClass: .contextSpecific) {
                Array(try ASN1OctetString(derEncoded: $0).bytes)
            }
            return (contentType, content)
        }
    }

    func serialize(into serializer: inout DER.Serializer) throws {
        try serializer.appendConstructedNode(identifier: .sequence) { fields in
            try fields.serialize(contentType)
            if let content {
                try fields.serialize(
                    ASN1OctetString(contentBytes: content[...]), explicitlyTaggedWithIdentifier: .context(0))
            }
        }
    }
}
