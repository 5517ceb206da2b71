import SwiftASN1

/// A SignerInfo (RFC 5652 §5.3) of ours, signed and ready to be written.
struct SignerInfoDraft: DERSerializable {
    let identifier: SignerIdentifier
    let digestAlgorithm: AlgorithmIdentifier
    /// DER SET OF as it was signed.
    let signedAttributes: [UInt8]
    let signatureAlgorithm: AlgorithmIdentifier
    let signature: [UInt8]
    let unsignedAttributes: [CMSAttribute]

    func serialize(into serializer: inout DER.Serializer) throws {
        try serializer.appendConstructedNode(identifier: .sequence) { fields in
            // 1 goes with issuer and serial number.
            try fields.serialize(1)
            try fields.serialize(identifier)
            try fields.serialize(digestAlgorithm)
            // Written with `[0]` in place of the SET OF that was signed.
            fields.serializeRawBytes([0xA0] + signedAttributes.dropFirst())
            try fields.serialize(signatureAlgorithm)
            try fields.serialize(ASN1OctetString(contentBytes: signature[...]))
            if !unsignedAttributes.isEmpty {
                try fields.serializeSetOf(unsignedAttributes, identifier: .context(1))
            }
        }
    }
}
