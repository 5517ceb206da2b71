import Primitives
import SwiftASN1

/// `RSASSA-PSS-params` (RFC 4055 §3.1) where MGF1 has the same hash and the salt is as long as the hash.
///
/// `SEQUENCE { [0] hashAlgorithm, [1] maskGenAlgorithm, [2] saltLength, [3] trailerField }`; what is left out means
/// SHA-1, and the trailer field has one value only, which DER leaves out.
struct RSAPSSParameters: DERParseable, DERSerializable, Hashable, Sendable {
    let hash: HashAlgorithm

    init(hash: HashAlgorithm) {
        self.hash = hash
    }

    init(derEncoded node: ASN1Node) throws {
        hash = try DER.sequence(node, identifier: .sequence) { nodes in
            let hash = try DER.optionalExplicitlyTagged(&nodes, tagNumber: 0, tagClass: .contextSpecific) {
                try AlgorithmIdentifier(derEncoded: $0).hash()
            }
            let mask = try DER.optionalExplicitlyTagged(&nodes, tagNumber: 1, tagClass: .contextSpecific) {
                try RSAPSSParameters.maskHash(AlgorithmIdentifier(derEncoded: $0))
            }
            let salt = try DER.optionalExplicitlyTagged(&nodes, tagNumber: 2, tagClass: .contextSpecific) {
                try Int(derEncoded: $0)
            }
            guard let hash, let mask else { throw CMSFault.weak("RSASSA-PSS with SHA-1") }
            guard mask == hash, salt == hash.length else {
                throw CMSFault.unsupported("RSASSA-PSS with another mask hash or salt length than the hash's")
            }
            return hash
        }
    }

    func serialize(into serializer: inout DER.Serializer) throws {
        // RFC 4055 §2.1 has these hash functions with NULL.
        let function = AlgorithmIdentifier(AlgorithmIdentifier(hash: hash).algorithm, parameters: .null)
        let mask = AlgorithmIdentifier(.mgf1, parameters: try EncodedValue(encoding: function))
        try serializer.appendConstructedNode(identifier: .sequence) { fields in
            try fields.serialize(function, explicitlyTaggedWithIdentifier: .context(0))
            try fields.serialize(mask, explicitlyTaggedWithIdentifier: .context(1))
            try fields.serialize(hash.length, explicitlyTaggedWithIdentifier: .context(2))
        }
    }

    private static func maskHash(_ mask: AlgorithmIdentifier) throws -> HashAlgorithm {
        guard mask.algorithm == .mgf1, let function = mask.parameters else {
            throw CMSFault.unsupported("RSASSA-PSS with another mask than MGF1")
        }
        return try AlgorithmIdentifier(derEncoded: function.bytes).hash()
    }
}
