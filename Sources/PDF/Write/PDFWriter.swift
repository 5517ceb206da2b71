/// Writes a whole document as one PDF 2.0 file (ISO 32000-2 §7.5): header, objects, cross-reference table, trailer.
/// The same input gives the same bytes.
package enum PDFWriter {
    /// The file of `builder`'s objects under the catalog `root`.
    /// - Parameters:
    ///   - identifier: 16 bytes; both halves of the trailer's `ID`.
    /// - Throws: `draft` when the catalog is missing or the identifier has another length.
    package static func bytes(
        of builder: PDFBuilder, root: PDFReference, identifier: [UInt8]
    ) throws(PDFFault) -> [UInt8] {
        var writer = PDFObjectWriter(after: header)
        for (index, object) in builder.objects.enumerated() {
            writer.write(object, as: PDFReference(number: index + 1))
        }
        writer.finishWithTable(
            trailer: try trailer(of: builder, root: root, identifier: identifier), wholeFile: true)
        return writer.bytes
    }

    /// The comment of bytes above 127 tells transports that the file is binary (§7.5.2).
    static let header: [UInt8] = Array("%PDF-2.0\n%".utf8) + [0xE2, 0xE3, 0xCF, 0xD3, 0x0A]

    static func trailer(
        of builder: PDFBuilder, root: PDFReference, identifier: [UInt8]
    ) throws(PDFFault) -> PDFDictionary {
        guard identifier.count == 16 else { throw .draft("the file identifier is not 16 bytes") }
        guard builder.object(root)?.dictionary?["Type"] == .name("Catalog") else { throw .draft("no catalog") }
        return [
            "Root": .reference(root), "Size": .integer(builder.objects.count + 1),
            "ID": .array([.string(identifier), .string(identifier)]),
        ]
    }
}
