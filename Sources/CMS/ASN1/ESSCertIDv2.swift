import Primitives
import SwiftASN1

/// `ESSCertIDv2 ::= SEQUENCE { hashAlgorithm DEFAULT sha256, certHash OCTET STRING, issuerSerial OPTIONAL }`
/// (RFC 5035 §4).
///
/// The hash decides which certificate is meant, so issuer and serial number are neither written nor compared
/// (ETSI EN 319 122-1 §5.2.2.3 advises against them).
struct ESSCertIDv2: DERParseable, DERSerializable, Hashable, Sendable {
    let reference: SigningCertificateReference

    init(_ reference: SigningCertificateReference) {
        self.reference = reference
    }

    init(derEncoded node: ASN1Node) throws {
        reference = try DER.sequence(node, identifier: .sequence) { nodes in
            // Writers that spell the default out are many, and nothing depends on it.
            let named: AlgorithmIdentifier? = try DER.optionalImplicitlyTagged(&nodes)
            let algorithm = try named?.hash() ?? .sha256
            let hash = Array(try ASN1OctetString(derEncoded: &nodes).bytes)
            guard hash.count == algorithm.length else {
                throw CMSFault.malformed("a certificate hash of the wrong length")
            }
            _ = nodes.next(.sequence)
            return SigningCertificateReference(algorithm: algorithm, hash: hash)
        }
    }

    func serialize(into serializer: inout DER.Serializer) throws {
        try serializer.appendConstructedNode(identifier: .sequence) { fields in
            if reference.algorithm != .sha256 { try fields.serialize(AlgorithmIdentifier(hash: reference.algorithm)) }
            try fields.serialize(ASN1OctetString(contentBytes: reference.hash[...]))
        }
    }
}
