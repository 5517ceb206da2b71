import SwiftASN1

/// `SignerIdentifier ::= CHOICE { issuerAndSerialNumber SEQUENCE { Name, INTEGER }, subjectKeyIdentifier [0] }`
/// (RFC 5652 §5.3).
enum SignerIdentifier: DERParseable, DERSerializable, Hashable, Sendable {
    /// DER of both.
    case issuerAndSerialNumber(issuer: [UInt8], serialNumber: [UInt8])
    case subjectKeyIdentifier([UInt8])

    init(derEncoded node: ASN1Node) throws {
        if node.identifier == .context(0) {
            let octets = try ASN1OctetString(derEncoded: node, withIdentifier: .context(0))
            self = .subjectKeyIdentifier(Array(octets.bytes))
        } else {
            self = try DER.sequence(node, identifier: .sequence) { nodes in
                let (issuer, serialNumber) = try (nodes.required(), nodes.required())
                return .issuerAndSerialNumber(
                    issuer: Array(issuer.encodedBytes), serialNumber: Array(serialNumber.encodedBytes))
            }
        }
    }

    func serialize(into serializer: inout DER.Serializer) throws {
        switch self {
        case .issuerAndSerialNumber(let issuer, let serialNumber):
            serializer.appendConstructedNode(identifier: .sequence) { fields in
                fields.serializeRawBytes(issuer)
                fields.serializeRawBytes(serialNumber)
            }
        case .subjectKeyIdentifier(let octets):
            try ASN1OctetString(contentBytes: octets[...]).serialize(into: &serializer, withIdentifier: .context(0))
        }
    }

    func names(_ certificate: CertificateOutline) -> Bool {
        switch self {
        case .issuerAndSerialNumber(let issuer, let serialNumber):
            certificate.issuer == issuer && certificate.serialNumber == serialNumber
        case .subjectKeyIdentifier(let octets): certificate.keyIdentifier == octets
        }
    }
}
