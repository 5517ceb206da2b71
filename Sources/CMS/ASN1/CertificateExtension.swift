import SwiftASN1

/// `Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }`
/// (RFC 5280 §4.1); time-stamp tokens have the same.
struct CertificateExtension: DERParseable, Hashable, Sendable {
    let isKeyIdentifier: Bool
    let isCritical: Bool
    /// The DER inside the octet string.
    let value: [UInt8]

    init(derEncoded node: ASN1Node) throws {
        (isKeyIdentifier, isCritical, value) = try DER.sequence(node, identifier: .sequence) { nodes in
            // Identifiers may have components longer than swift-asn1 reads (2.25 and a UUID); they are not ours.
            let identifier = try? ASN1ObjectIdentifier(derEncoded: nodes.required())
            let isCritical = try nodes.next(.boolean).map { try Bool(derEncoded: $0) } ?? false
            let value = try ASN1OctetString(derEncoded: &nodes).bytes
            return (identifier == .subjectKeyIdentifier, isCritical, Array(value))
        }
    }
}
