import SwiftASN1

/// `ContentInfo ::= SEQUENCE { contentType, content [0] EXPLICIT ANY }` (RFC 5652 §3) around SignedData.
struct ContentInfo: DERParseable, Sendable {
    let signedData: SignedDataFields

    init(derEncoded node: ASN1Node) throws {
        signedData = try DER.sequence(node, identifier: .sequence) { nodes in
            let type = try ASN1ObjectIdentifier(derEncoded: &nodes)
            guard type == .signedData else { throw CMSFault.unsupported("the content type \(type.dotted)") }
            return try DER.explicitlyTagged(&nodes, tagNumber: 0, tagClass: .contextSpecific) {
                try SignedDataFields(derEncoded: $0)
            }
        }
    }
}
