import OpenSSLCrypto
import PDF
import Primitives

/// A document of one page as the issuing side makes it, with a stand-in where the CMS would be.
struct SampleDocument {
    static let hashing = OpenSSLHashing()
    static let signedAt = Instant(secondsSinceEpoch: 1_790_000_000)
    /// A DER SEQUENCE; what is inside is of no concern to this room.
    static let cms: [UInt8] = [0x30, 0x03, 0x02, 0x01, 0x2A]

    var contents = """
        q 0.5 0 0 0.5 0 0 cm /Art Do Q
        BT /F1 12 Tf 72 700 Td /ChanceryField <</Name (number)>> BDC (A-1) Tj EMC
        /ChanceryField /P1 BDC [(Alpha) -20 ( Ltd)] TJ EMC (loose) Tj ET
        """
    var title = "License & <seal>"
    var metadata: [UInt8] = []
    var attachments = [
        PDFAttachment(
            name: "license.jwt", mimeType: "application/dc+sd-jwt", description: "The license for machines",
            bytes: Array("eyJ~".utf8), modifiedAt: SampleDocument.signedAt)
    ]
    var identifier = [UInt8](repeating: 7, count: 16)
    var reservedBytes = 64
    /// Changes the page's dictionary before it is added.
    var page: (inout PDFDictionary, inout PDFBuilder) -> Void = { _, _ in }
    var art = "0 0 10 10 re f"

    func draft() -> PDFDraft {
        var builder = PDFBuilder()
        let font = builder.add(
            .dictionary([
                "Type": .name("Font"), "Subtype": .name("Type1"), "BaseFont": .name("Helvetica"),
                "Encoding": .name("WinAnsiEncoding"),
            ]))
        let art = builder.addStream(
            Array(art.utf8),
            dictionary: [
                "Type": .name("XObject"), "Subtype": .name("Form"),
                "BBox": .array([.integer(0), .integer(0), .integer(10), .integer(10)]),
            ])
        let contents = builder.addStream(Array(contents.utf8))
        var entries: PDFDictionary = [
            "Type": .name("Page"), "MediaBox": .array([.integer(0), .integer(0), .integer(595), .integer(842)]),
            "Contents": .reference(contents),
            "Resources": .dictionary([
                "Font": .dictionary(["F1": .reference(font)]), "XObject": .dictionary(["Art": .reference(art)]),
                "Properties": .dictionary([
                    "P1": .dictionary(["Name": .string(PDFText.encode("holder.name")), "Value": .string([0x37])])
                ]),
            ]),
        ]
        page(&entries, &builder)
        let page = builder.add(.dictionary(entries))
        return PDFDraft(
            builder: builder, pages: [page], title: title, language: "en", metadata: metadata,
            attachments: attachments, identifier: identifier,
            signature: PDFSignatureDraft(
                signerName: "Market Regulation Bureau", reason: "Issue", signedAt: SampleDocument.signedAt,
                reservedBytes: reservedBytes))
    }

    func signed() throws -> [UInt8] {
        try draft().signable().embedding(SampleDocument.cms)
    }

    func signedFile() throws -> PDFFile {
        try PDFFile(parsing: signed())
    }
}

extension PDFFile {
    /// The coverage of the only approval signature.
    func soleCoverage() throws -> PDFCoverage {
        let signatures = try signatures().filter { $0.kind == .signature }
        guard let signature = signatures.first, signatures.count == 1 else {
            throw PDFFault.signature("\(signatures.count) signatures, not one")
        }
        return coverage(of: signature)
    }
}
