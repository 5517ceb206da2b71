import SwiftASN1

/// `SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF ESSCertIDv2, policies SEQUENCE OF … OPTIONAL }` (RFC 5035 §3).
struct SigningCertificateV2: DERParseable, DERSerializable, Hashable, Sendable {
    /// The signer's; later ones narrow the path and are not looked at.
    let first: SigningCertificateReference

    init(_ first: SigningCertificateReference) {
        self.first = first
    }

    init(derEncoded node: ASN1Node) throws {
        first = try DER.sequence(node, identifier: .sequence) { nodes in
            guard let certificates = nodes.next() else {
                throw CMSFault.malformed("a signing-certificate attribute without certificates")
            }
            _ = nodes.next(.sequence)
            guard
                let first = try DER.sequence(of: ESSCertIDv2.self, identifier: .sequence, rootNode: certificates).first
            else { throw CMSFault.malformed("a signing-certificate attribute without certificates") }
            return first.reference
        }
    }

    func serialize(into serializer: inout DER.Serializer) throws {
        try serializer.appendConstructedNode(identifier: .sequence) { fields in
            try fields.serializeSequenceOf([ESSCertIDv2(first)])
        }
    }
}
