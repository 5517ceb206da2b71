import SwiftASN1

/// `AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY OPTIONAL }` (RFC 5280 §4.1.1.2).
struct AlgorithmIdentifier: DERImplicitlyTaggable, Hashable, Sendable {
    static let defaultIdentifier = ASN1Identifier.sequence

    let algorithm: ASN1ObjectIdentifier
    let parameters: EncodedValue?

    init(_ algorithm: ASN1ObjectIdentifier, parameters: EncodedValue? = nil) {
        (self.algorithm, self.parameters) = (algorithm, parameters)
    }

    init(derEncoded node: ASN1Node, withIdentifier identifier: ASN1Identifier) throws {
        (algorithm, parameters) = try DER.sequence(node, identifier: identifier) { nodes in
            (try ASN1ObjectIdentifier(derEncoded: &nodes), nodes.next().map { EncodedValue(derEncoded: $0) })
        }
    }

    func serialize(into serializer: inout DER.Serializer, withIdentifier identifier: ASN1Identifier) throws {
        try serializer.appendConstructedNode(identifier: identifier) { fields in
            try fields.serialize(algorithm)
            if let parameters { try fields.serialize(parameters) }
        }
    }

    var hasNullOrNoParameters: Bool { parameters == nil || parameters == .null }
}
