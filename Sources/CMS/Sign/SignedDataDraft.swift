import Primitives
import SwiftASN1

/// SignedData before it is signed: one signer, named by issuer and serial number, whose certificates travel along.
struct SignedDataDraft {
    let contentType: ASN1ObjectIdentifier
    /// `nil`: detached.
    let content: [UInt8]?
    /// Of the content, under the signer's hash function.
    let messageDigest: [UInt8]

    /// DER ContentInfo.
    ///
    /// Signed attributes are exactly content-type, message-digest and signing-certificate-v2; signing-time is left out
    /// because PAdES forbids it (ETSI EN 319 142-1 §6.3) and a token has its own time.
    /// - Parameter unsignedAttributes: made from the signature value.
    func signed(
        by signer: any Signer, hashing: any Hashing, unsignedAttributes: ([UInt8]) throws -> [CMSAttribute]
    ) throws -> [UInt8] {
        guard let certificate = signer.certificateChain.first else {
            throw CMSFault.unsupported("a signer without a certificate")
        }
        guard messageDigest.count == signer.algorithm.hash.length else {
            throw CMSFault.malformed("a message digest of another hash function than the signer's")
        }
        let outline = try CertificateOutline(der: certificate)
        let reference = SigningCertificateReference(
            algorithm: .sha256, hash: hashing.hash(.sha256, [certificate[...]]))
        let attributes = try SignedAttributes.encode([
            CMSAttribute(.contentType, contentType),
            CMSAttribute(.messageDigest, ASN1OctetString(contentBytes: messageDigest[...])),
            CMSAttribute(.signingCertificateV2, SigningCertificateV2(reference)),
        ])
        let signature = try signer.signature(over: attributes)
        let info = SignerInfoDraft(
            identifier: .issuerAndSerialNumber(issuer: outline.issuer, serialNumber: outline.serialNumber),
            digestAlgorithm: AlgorithmIdentifier(hash: signer.algorithm.hash), signedAttributes: attributes,
            signatureAlgorithm: try AlgorithmIdentifier(signature: signer.algorithm), signature: signature,
            unsignedAttributes: try unsignedAttributes(signature))
        return try encode(info, certificates: signer.certificateChain)
    }

    private func encode(_ signer: SignerInfoDraft, certificates: [[UInt8]]) throws -> [UInt8] {
        var serializer = DER.Serializer()
        try serializer.appendConstructedNode(identifier: .sequence) { info in
            try info.serialize(ASN1ObjectIdentifier.signedData)
            try info.serialize(explicitlyTaggedWithTagNumber: 0, tagClass: .contextSpecific) { tagged in
                try tagged.appendConstructedNode(identifier: .sequence) { fields in
                    // RFC 5652 §5.1: 3 where the content is not id-data.
                    try fields.serialize(contentType == .data ? 1 : 3)
                    try fields.serializeSetOf([signer.digestAlgorithm])
                    try fields.serialize(EncapsulatedContentInfo(contentType: contentType, content: content))
                    try fields.serializeSetOf(
                        certificates.map { EncodedValue(bytes: $0) }, identifier: .context(0))
                    try fields.serializeSetOf([signer])
                }
            }
        }
        return serializer.serializedBytes
    }
}
