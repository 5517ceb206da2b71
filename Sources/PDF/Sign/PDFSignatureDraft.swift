package import Primitives

/// What a signature field will say, before there is a signature.
package struct PDFSignatureDraft: Hashable, Sendable {
    package let fieldName: String
    package let signerName: String
    package let reason: String?
    package let location: String?
    /// The claimed time of signing (`M`); a time-stamp in the CMS proves it.
    package let signedAt: Instant
    /// Bytes kept free for the DER CMS; the file grows by twice as many.
    package let reservedBytes: Int

    package init(
        fieldName: String = "Signature1", signerName: String, reason: String? = nil, location: String? = nil,
        signedAt: Instant, reservedBytes: Int
    ) {
        (self.fieldName, self.signerName, self.reason) = (fieldName, signerName, reason)
        (self.location, self.signedAt, self.reservedBytes) = (location, signedAt, reservedBytes)
    }

    /// The signature dictionary without `Contents` and `ByteRange` (ETSI EN 319 142-1 §5.3).
    var dictionary: PDFDictionary {
        var entries: PDFDictionary = [
            "Type": .name("Sig"), "Filter": .name("Adobe.PPKLite"), "SubFilter": .name("ETSI.CAdES.detached"),
            "M": .string(PDFText.encode(PDFDate.text(signedAt))), "Name": .string(PDFText.encode(signerName)),
        ]
        if let reason { entries["Reason"] = .string(PDFText.encode(reason)) }
        if let location { entries["Location"] = .string(PDFText.encode(location)) }
        return entries
    }

    /// A document time-stamp dictionary without `Contents` and `ByteRange` (§5.4.3).
    static let documentTimeStamp: PDFDictionary = [
        "Type": .name("DocTimeStamp"), "Filter": .name("Adobe.PPKLite"), "SubFilter": .name("ETSI.RFC3161"),
    ]

    /// The field merged with its widget: no area, printed and locked (flags 4 and 128).
    static func field(name: String, signature: PDFReference, page: PDFReference) -> PDFObject {
        .dictionary([
            "Type": .name("Annot"), "Subtype": .name("Widget"), "FT": .name("Sig"),
            "T": .string(PDFText.encode(name)), "V": .reference(signature), "P": .reference(page), "F": .integer(132),
            "Rect": .array([PDFObject](repeating: .integer(0), count: 4)),
        ])
    }
}
