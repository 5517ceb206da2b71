package import Primitives

/// A document to be signed at once: pages, metadata, attachments and one invisible signature field.
package struct PDFDraft: Sendable {
    let builder: PDFBuilder
    let pages: [PDFReference]
    let title: String
    let language: String
    let metadata: [UInt8]
    let attachments: [PDFAttachment]
    let identifier: [UInt8]
    let signature: PDFSignatureDraft

    /// - Parameters:
    ///   - pages: `/Type /Page` dictionaries in `builder` without `Parent`, in order.
    ///   - title: shown by readers; used for the metadata when `xmp` is empty.
    ///   - language: BCP 47.
    ///   - xmp: a whole XMP packet; empty for a small one of title and language.
    ///   - identifier: 16 bytes.
    package init(
        builder: PDFBuilder, pages: [PDFReference], title: String, language: String, metadata xmp: [UInt8],
        attachments: [PDFAttachment], identifier: [UInt8], signature: PDFSignatureDraft
    ) {
        (self.builder, self.pages, self.title, self.language) = (builder, pages, title, language)
        (metadata, self.attachments, self.identifier) = (xmp, attachments, identifier)
        self.signature = signature
    }

    /// The value that `PDFFile.pageDigest` gives of the signed file; attachments, metadata, identifier and signature do not matter.
    package func pageDigest(_ hashing: any Hashing) -> Digest {
        let builder = builder
        var digester = PageDigester { builder.object($0) ?? .null }
        digester.add(
            pages: pages.map { PDFPage(reference: $0, dictionary: builder.object($0)?.dictionary ?? [:]) },
            catalog: [:])
        return digester.digest(hashing)
    }

    /// The whole file but for the signature value.
    /// - Throws: `draft` when a page is none, names of attachments repeat, or the identifier is not 16 bytes.
    package func signable() throws(PDFFault) -> SignablePDF {
        guard signature.reservedBytes > 0, signature.reservedBytes <= 1 << 20 else {
            throw .draft("space for the signature")
        }
        var builder = builder
        let signatureReference = builder.reserve()
        let root = try addCatalog(to: &builder, signature: signatureReference)
        let trailer = try PDFWriter.trailer(of: builder, root: root, identifier: identifier)
        var writer = PDFObjectWriter(after: PDFWriter.header)
        for (index, object) in builder.objects.enumerated() where index + 1 != signatureReference.number {
            writer.write(object, as: PDFReference(number: index + 1))
        }
        let slots = writer.writeSignature(
            signature.dictionary, reservedBytes: signature.reservedBytes, as: signatureReference)
        writer.finishWithTable(trailer: trailer, wholeFile: true)
        return SignablePDF(writer.bytes, slots: slots)
    }

    private func addCatalog(
        to builder: inout PDFBuilder, signature reference: PDFReference
    ) throws(PDFFault) -> PDFReference {
        guard let firstPage = pages.first else { throw .draft("no page") }
        let field = builder.add(
            PDFSignatureDraft.field(name: signature.fieldName, signature: reference, page: firstPage))
        let tree = try addPageTree(to: &builder, field: field)
        let packet = metadata.isEmpty ? PDFDraft.packet(title: title, language: language) : metadata
        let metadata = builder.add(
            .stream(
                PDFStream(dictionary: ["Type": .name("Metadata"), "Subtype": .name("XML")], encodedBytes: packet)))
        var catalog: PDFDictionary = [
            "Type": .name("Catalog"), "Pages": .reference(tree), "Lang": .string(PDFText.encode(language)),
            "Metadata": .reference(metadata), "ViewerPreferences": .dictionary(["DisplayDocTitle": .boolean(true)]),
            "AcroForm": .dictionary(["Fields": .array([.reference(field)]), "SigFlags": .integer(3)]),
        ]
        if !attachments.isEmpty {
            let files = try addAttachments(to: &builder)
            let names = files.flatMap { file -> [PDFObject] in
                [.string(PDFText.encode(file.name)), .reference(file.reference)]
            }
            catalog["Names"] = .dictionary(["EmbeddedFiles": .dictionary(["Names": .array(names)])])
            catalog["AF"] = .array(files.map { .reference($0.reference) })
        }
        return builder.add(.dictionary(catalog))
    }

    private func addPageTree(to builder: inout PDFBuilder, field: PDFReference) throws(PDFFault) -> PDFReference {
        let tree = builder.reserve()
        guard Set(pages).count == pages.count else { throw .draft("a page occurs twice") }
        for (index, page) in pages.enumerated() {
            guard case .dictionary(var entries) = builder.object(page), entries["Type"] == .name("Page"),
                entries["Resources"] != nil, entries["MediaBox"] != nil
            else { throw .draft("a page is incomplete") }
            entries["Parent"] = .reference(tree)
            if index == 0 {
                var annotations = entries["Annots"] ?? .array([])
                if let reference = annotations.reference { annotations = builder.object(reference) ?? .null }
                entries["Annots"] = .array((annotations.array ?? []) + [.reference(field)])
            }
            builder.set(page, to: .dictionary(entries))
        }
        builder.set(
            tree,
            to: .dictionary([
                "Type": .name("Pages"), "Count": .integer(pages.count), "Kids": .array(pages.map { .reference($0) }),
            ]))
        return tree
    }

    /// File specifications in the order that a name tree needs.
    private func addAttachments(
        to builder: inout PDFBuilder
    ) throws(PDFFault) -> [(name: String, reference: PDFReference)] {
        guard Set(attachments.map(\.name)).count == attachments.count else {
            throw .draft("two attachments of the same name")
        }
        var files: [(name: String, reference: PDFReference)] = []
        for attachment in attachments {
            let stream = builder.addStream(
                attachment.bytes,
                dictionary: [
                    "Type": .name("EmbeddedFile"), "Subtype": .name(attachment.mimeType),
                    "Params": .dictionary([
                        "Size": .integer(attachment.bytes.count),
                        "ModDate": .string(PDFText.encode(PDFDate.text(attachment.modifiedAt))),
                    ]),
                ])
            let name = PDFObject.string(PDFText.encode(attachment.name))
            let specification = builder.add(
                .dictionary([
                    "Type": .name("Filespec"), "F": name, "UF": name, "AFRelationship": .name(attachment.relationship),
                    "Desc": .string(PDFText.encode(attachment.description)),
                    "EF": .dictionary(["F": .reference(stream), "UF": .reference(stream)]),
                ]))
            files.append((attachment.name, specification))
        }
        return files.sorted { PDFText.encode($0.name).lexicographicallyPrecedes(PDFText.encode($1.name)) }
    }
}
