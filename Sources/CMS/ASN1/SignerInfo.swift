import SwiftASN1

/// `SignerInfo ::= SEQUENCE { version, sid, digestAlgorithm, signedAttrs [0] OPTIONAL, signatureAlgorithm, signature,
/// unsignedAttrs [1] OPTIONAL }` (RFC 5652 §5.3).
struct SignerInfo: DERParseable, Hashable, Sendable {
    let identifier: SignerIdentifier
    let digestAlgorithm: AlgorithmIdentifier
    let signedAttributes: SignedAttributes?
    let signatureAlgorithm: AlgorithmIdentifier
    let signature: [UInt8]
    let unsignedAttributes: [CMSAttribute]

    init(derEncoded node: ASN1Node) throws {
        self = try DER.sequence(node, identifier: .sequence) { nodes in
            let version = try Int(derEncoded: &nodes)
            guard version == 1 || version == 3 else { throw CMSFault.unsupported("SignerInfo version \(version)") }
            return try SignerInfo(fields: &nodes)
        }
    }

    private init(fields nodes: inout ASN1NodeCollection.Iterator) throws {
        identifier = try SignerIdentifier(derEncoded: &nodes)
        digestAlgorithm = try AlgorithmIdentifier(derEncoded: &nodes)
        signedAttributes = try nodes.next(.context(0)).map { try SignedAttributes(implicitlyTagged: $0) }
        signatureAlgorithm = try AlgorithmIdentifier(derEncoded: &nodes)
        signature = Array(try ASN1OctetString(derEncoded: &nodes).bytes)
        // Nothing hashes these, so their order does not matter.
        unsignedAttributes =
            try nodes.next(.context(1)).map { try DER.sequence(identifier: .context(1), rootNode: $0) } ?? []
    }
}
