import SwiftASN1

/// `SignedData ::= SEQUENCE { version, digestAlgorithms SET OF, encapContentInfo, certificates [0] OPTIONAL,
/// crls [1] OPTIONAL, signerInfos SET OF }` (RFC 5652 §5.1), with exactly one signer.
///
/// Of these sets only the signed attributes inside are ever hashed: that others stand in DER order is not asked for.
struct SignedDataFields: DERParseable, Sendable {
    /// More would only cost a path builder time.
    private static let maximumCertificates = 100

    let encapsulated: EncapsulatedContentInfo
    let certificates: [CMSCertificate]
    let revocationLists: [[UInt8]]
    let signer: SignerInfo

    init(derEncoded node: ASN1Node) throws {
        self = try DER.sequence(node, identifier: .sequence) { nodes in
            let version = try Int(derEncoded: &nodes)
            guard [1, 3, 4, 5].contains(version) else { throw CMSFault.unsupported("SignedData version \(version)") }
            return try SignedDataFields(fields: &nodes)
        }
    }

    private init(fields nodes: inout ASN1NodeCollection.Iterator) throws {
        let digests: [AlgorithmIdentifier] = try DER.sequence(identifier: .set, nodes: &nodes)
        encapsulated = try EncapsulatedContentInfo(derEncoded: &nodes)
        certificates = try SignedDataFields.members(.context(0), of: &nodes).map { CMSCertificate($0) }
        guard certificates.count <= SignedDataFields.maximumCertificates else {
            throw CMSFault.unsupported("more than \(SignedDataFields.maximumCertificates) certificates")
        }
        revocationLists = try SignedDataFields.members(.context(1), of: &nodes).map { Array($0.encodedBytes) }
        let signers = try DER.sequence(nodes.required(), identifier: .set) { signers in
            let first = signers.next()
            guard signers.next() == nil else { throw CMSFault.unsupported("more than one signer") }
            return first
        }
        guard let signer = signers else { throw CMSFault.malformed("no signer") }
        self.signer = try SignerInfo(derEncoded: signer)
        guard digests.contains(where: { $0.algorithm == self.signer.digestAlgorithm.algorithm }) else {
            throw CMSFault.malformed("the signer's hash function is not among those announced")
        }
    }

    /// The members of an optional set that are a SEQUENCE: X.509 certificates and CRLs. Attribute certificates, OCSP
    /// responses and other tagged choices (RFC 5652 §10.2) are passed over.
    private static func members(
        _ tag: ASN1Identifier, of nodes: inout ASN1NodeCollection.Iterator
    ) throws -> [ASN1Node] {
        guard let set = nodes.next(tag) else { return [] }
        guard case .constructed(let members) = set.content else { throw CMSFault.malformed("a set without members") }
        return members.filter { $0.identifier == .sequence }
    }
}
