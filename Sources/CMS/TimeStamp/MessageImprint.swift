import Primitives
import SwiftASN1

/// `MessageImprint ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier, hashedMessage OCTET STRING }` (RFC 3161 §2.4.1).
struct MessageImprint: DERParseable, DERSerializable, Hashable, Sendable {
    let algorithm: HashAlgorithm
    let hash: [UInt8]

    init(algorithm: HashAlgorithm, hash: [UInt8]) throws(CMSFault) {
        guard hash.count == algorithm.length else { throw .malformed("an imprint of the wrong length") }
        (self.algorithm, self.hash) = (algorithm, hash)
    }

    init(derEncoded node: ASN1Node) throws {
        self = try DER.sequence(node, identifier: .sequence) { nodes in
            let algorithm = try AlgorithmIdentifier(derEncoded: &nodes).hash()
            return try MessageImprint(
                algorithm: algorithm, hash: Array(ASN1OctetString(derEncoded: &nodes).bytes))
        }
    }

    func serialize(into serializer: inout DER.Serializer) throws {
        try serializer.appendConstructedNode(identifier: .sequence) { fields in
            try fields.serialize(AlgorithmIdentifier(hash: algorithm))
            try fields.serialize(ASN1OctetString(contentBytes: hash[...]))
        }
    }
}
