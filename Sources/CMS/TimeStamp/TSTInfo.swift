import Primitives
import SwiftASN1

/// `TSTInfo ::= SEQUENCE { version, policy, messageImprint, serialNumber, genTime, accuracy OPTIONAL, ordering DEFAULT
/// FALSE, nonce OPTIONAL, tsa [0] OPTIONAL, extensions [1] OPTIONAL }` (RFC 3161 §2.4.2).
struct TSTInfo: DERParseable, DERSerializable, Hashable, Sendable {
    let policy: ASN1ObjectIdentifier
    let imprint: MessageImprint
    /// Big-endian, not negative, without leading zeros.
    let serialNumber: [UInt8]
    let genTime: Instant
    /// As `serialNumber`.
    let nonce: [UInt8]?

    init(
        policy: ASN1ObjectIdentifier, imprint: MessageImprint, serialNumber: [UInt8], genTime: Instant, nonce: [UInt8]?
    ) {
        (self.policy, self.imprint, self.genTime) = (policy, imprint, genTime)
        (self.serialNumber, self.nonce) = (serialNumber, nonce)
    }

    init(derEncoded node: ASN1Node) throws {
        self = try DER.sequence(node, identifier: .sequence) { nodes in
            let version = try Int(derEncoded: &nodes)
            guard version == 1 else { throw CMSFault.unsupported("time-stamp version \(version)") }
            return try TSTInfo(fields: &nodes)
        }
    }

    private init(fields nodes: inout ASN1NodeCollection.Iterator) throws {
        policy = try ASN1ObjectIdentifier(derEncoded: &nodes)
        imprint = try MessageImprint(derEncoded: &nodes)
        serialNumber = Array(try ArraySlice<UInt8>(derEncoded: &nodes))
        let time = try nodes.required()
        guard time.identifier == .generalizedTime else { throw CMSFault.malformed("genTime is no GeneralizedTime") }
        genTime = try DERTime(derEncoded: time).instant
        _ = (nodes.next(.sequence), nodes.next(.boolean))  // accuracy, ordering
        nonce = try nodes.next(.integer).map { Array(try ArraySlice<UInt8>(derEncoded: $0)) }
        _ = nodes.next(.context(0))  // tsa: the signer's certificate names it better
        let extensions: [CertificateExtension] =
            try nodes.next(.context(1)).map { try DER.sequence(identifier: .context(1), rootNode: $0) } ?? []
        guard !extensions.contains(where: \.isCritical) else {
            throw CMSFault.unsupported("a critical extension in a time-stamp")
        }
    }

    func serialize(into serializer: inout DER.Serializer) throws {
        try serializer.appendConstructedNode(identifier: .sequence) { fields in
            try fields.serialize(1)
            try fields.serialize(policy)
            try fields.serialize(imprint)
            try fields.serialize(serialNumber[...])
            try fields.serialize(GeneralizedTime(genTime))
            // Accuracy of one second (ETSI EN 319 422 §5.2.2): genTime has no fraction. Ordering is left out: false.
            try fields.appendConstructedNode(identifier: .sequence) { try $0.serialize(1) }
            if let nonce { try fields.serialize(nonce[...]) }
        }
    }
}
