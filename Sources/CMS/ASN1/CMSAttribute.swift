import SwiftASN1

/// `Attribute ::= SEQUENCE { attrType OBJECT IDENTIFIER, attrValues SET OF AttributeValue }` (RFC 5652 §5.3).
struct CMSAttribute: DERParseable, DERSerializable, Hashable, Sendable {
    let type: ASN1ObjectIdentifier
    let values: [EncodedValue]

    init(_ type: ASN1ObjectIdentifier, _ value: some DERSerializable) throws {
        (self.type, values) = (type, [try EncodedValue(encoding: value)])
    }

    init(derEncoded node: ASN1Node) throws {
        (type, values) = try DER.sequence(node, identifier: .sequence) { nodes in
            (try ASN1ObjectIdentifier(derEncoded: &nodes), try DER.set(identifier: .set, nodes: &nodes))
        }
    }

    func serialize(into serializer: inout DER.Serializer) throws {
        try serializer.appendConstructedNode(identifier: .sequence) { fields in
            try fields.serialize(type)
            try fields.serializeSetOf(values)
        }
    }

    /// The DER of the only value.
    func singleValue() throws(CMSFault) -> [UInt8] {
        guard let value = values.first, values.count == 1 else {
            throw .malformed("the attribute \(type.dotted) has not exactly one value")
        }
        return value.bytes
    }
}
