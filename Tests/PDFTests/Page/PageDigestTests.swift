import Primitives
import Testing

@testable import PDF

struct PageDigestTests {
    private let hashing = SampleDocument.hashing

    private func digest(_ document: SampleDocument) throws -> Digest {
        try document.signedFile().pageDigest(hashing)
    }

    @Test func `a draft has the digest of the signed file`() throws {
        #expect(SampleDocument().draft().pageDigest(hashing) == (try digest(SampleDocument())))
    }

    @Test func `what is not shown does not matter`() throws {
        let same = try digest(SampleDocument())
        #expect(try digest(SampleDocument(title: "Other")) == same)
        #expect(try digest(SampleDocument(metadata: [1, 2, 3])) == same)
        #expect(try digest(SampleDocument(attachments: [])) == same)
        #expect(try digest(SampleDocument(identifier: [UInt8](repeating: 8, count: 16))) == same)
        #expect(try digest(SampleDocument(reservedBytes: 500)) == same)
    }

    @Test func `long-term data does not matter`() throws {
        var update = PDFUpdate(of: try SampleDocument().signedFile())
        try update.addToSecurityStore(PDFSecurityStore(certificates: [[1]], revocationLists: [], ocspResponses: []))
        let stamped = try update.timeStampable(fieldName: "T", reservedBytes: 32).embedding(SampleDocument.cms)
        #expect(try PDFFile(parsing: stamped).pageDigest(hashing) == digest(SampleDocument()))
    }

    @Test func `object numbers do not matter`() throws {
        var document = SampleDocument()
        document.page = { page, builder in
            // The same contents under another number, with an unused object before.
            _ = builder.add(.string([1]))
            if let contents = page["Contents"]?.reference, let object = builder.object(contents) {
                page["Contents"] = .reference(builder.add(object))
            }
        }
        #expect(try digest(document) == digest(SampleDocument()))
    }

    typealias Change = @Sendable (inout PDFDictionary, inout PDFBuilder) -> Void

    private func note(_ entries: PDFDictionary) -> Change {
        { page, builder in page["Annots"] = .array([.reference(builder.add(.dictionary(entries)))]) }
    }

    @Test func `anything drawn matters`() throws {
        let same = try digest(SampleDocument())
        var seen: Set<Digest> = [same]
        var changed: [SampleDocument] = [
            SampleDocument(contents: SampleDocument().contents + " "), SampleDocument(art: "0 0 11 10 re f"),
        ]
        let changes: [Change] = [
            { page, _ in page["MediaBox"] = .array([0, 0, 595, 841].map { .integer($0) }) },
            { page, _ in page["CropBox"] = .array([0, 0, 100, 100].map { .integer($0) }) },
            { page, _ in page["Rotate"] = .integer(90) }, { page, _ in page["UserUnit"] = .integer(2) },
            { page, _ in page["Group"] = .dictionary(["S": .name("Transparency")]) },
            note(["Subtype": .name("FreeText"), "Contents": .string([0x41])]),
            note(["Subtype": .name("FreeText"), "Contents": .string([0x42])]),
            note(["Subtype": .name("Widget"), "FT": .name("Tx"), "Rect": .array([0, 0, 0, 0].map { .integer($0) })]),
            note(["Subtype": .name("Widget"), "FT": .name("Sig"), "Rect": .array([0, 0, 9, 9].map { .integer($0) })]),
            { page, builder in
                let font = builder.add(.dictionary(["Type": .name("Font"), "BaseFont": .name("Courier")]))
                page["Resources"] = .dictionary(["Font": .dictionary(["F1": .reference(font)])])
            },
        ]
        for change in changes { changed.append(SampleDocument(page: change)) }
        for document in changed {
            let digest = try digest(document)
            #expect(document.draft().pageDigest(hashing) == digest)
            #expect(seen.insert(digest).inserted)
        }
    }

    @Test(arguments: [
        "/OCProperties <</D <<>> >>", "/OpenAction <</S /JavaScript>>", "/Collection <<>>", "/AA <</WC <<>> >>",
        "/AcroForm <</Fields [] /XFA (x)>>", "/AcroForm <</Fields [] /NeedAppearances true>>",
        "/Names <</JavaScript <<>> >>",
        "/NeedsRendering true", "/OutputIntents [<<>>]", "/PageMode /UseAttachments",
    ])
    func `what makes a reader show something else matters`(entry: String) throws {
        func digest(_ entry: String) throws -> Digest {
            var raw = RawPDF()
            raw.object(1, "<</Type /Catalog /Pages 2 0 R \(entry)>>")
            raw.object(2, "<</Type /Pages /Count 1 /Kids [3 0 R]>>")
            raw.object(3, "<</Type /Page /Parent 2 0 R>>")
            raw.table()
            return try PDFFile(parsing: raw.bytes).pageDigest(hashing)
        }
        #expect(try digest(entry) != digest(""))
        #expect(
            try digest("/AcroForm <</Fields [] /SigFlags 3>> /Names <</EmbeddedFiles <<>> >> /DSS <<>>") == digest(""))
    }

    @Test func `graphs that loop have a digest`() throws {
        let loop = SampleDocument(page: { page, builder in
            let (first, second) = (builder.reserve(), builder.reserve())
            builder.set(first, to: .array([.reference(second)]))
            builder.set(second, to: .array([.reference(first)]))
            page["Extra"] = .reference(first)
        })
        #expect(try digest(loop) != digest(SampleDocument()))
    }
}
