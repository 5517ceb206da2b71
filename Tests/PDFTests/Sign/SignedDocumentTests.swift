import Primitives
import Testing

@testable import PDF

struct SignedDocumentTests {
    @Test func `a fresh document is wholly covered and nothing came after`() throws {
        let file = try SampleDocument().signedFile()
        let coverage = try file.soleCoverage()
        #expect(coverage == PDFCoverage(coversWholeDocument: true, changesAfterSigning: [], faults: []))
        let signature = try #require(try file.signatures().first)
        #expect(signature.contents == SampleDocument.cms)
        #expect(signature.subFilter == "ETSI.CAdES.detached")
        #expect(signature.signerName == "Market Regulation Bureau")
        #expect(signature.fieldName == "Signature1")
    }

    @Test func `what is signed is everything but the value of Contents`() throws {
        let signable = try SampleDocument().draft().signable()
        let bytes = try signable.embedding(SampleDocument.cms)
        let file = try PDFFile(parsing: bytes)
        let parts = try #require(try file.signatures().first).signedParts(in: file)
        #expect(parts.map(Array.init) == signable.signedParts.map(Array.init))
        let gap = signable.byteRange[1]..<signable.byteRange[2]
        #expect(gap.count == 2 + 2 * 64)
        #expect(bytes[gap.lowerBound] == UInt8(ascii: "<") && bytes[gap.upperBound - 1] == UInt8(ascii: ">"))
        #expect(parts.map(\.count).reduce(0, +) + gap.count == bytes.count)
    }

    @Test func `the same draft gives the same bytes`() throws {
        #expect(try SampleDocument().signed() == SampleDocument().signed())
    }

    @Test func `a signature must fit the space kept for it`() throws {
        let signable = try SampleDocument().draft().signable()
        #expect(throws: PDFFault.self) { try signable.embedding([UInt8](repeating: 0x30, count: 65)) }
        #expect(throws: PDFFault.self) { try signable.embedding([]) }
        #expect(throws: Never.self) { try signable.embedding([UInt8](repeating: 0x30, count: 64)) }
        for size in [0, -1, 1 << 21] {
            #expect(throws: PDFFault.self) { try SampleDocument(reservedBytes: size).draft().signable() }
        }
    }

    @Test func `drafts that are incomplete are refused`() {
        let twice = SampleDocument().attachments + SampleDocument().attachments
        #expect(throws: PDFFault.self) { try SampleDocument(attachments: twice).signed() }
        #expect(throws: PDFFault.self) { try SampleDocument(identifier: [1]).signed() }
        for key in ["Type", "Resources", "MediaBox"] {
            #expect(throws: PDFFault.self) { try SampleDocument(page: { page, _ in page[key] = nil }).signed() }
        }
    }

    @Test func `attachments read back`() throws {
        let other = PDFAttachment(
            name: "附件.txt", mimeType: "text/plain", description: "说明", bytes: [UInt8](repeating: 9, count: 4000),
            relationship: "Supplement", modifiedAt: Instant(secondsSinceEpoch: 1_700_000_000))
        let all = SampleDocument().attachments + [other]
        let read = try SampleDocument(attachments: all).signedFile().attachments()
        #expect(Set(read) == Set(all))
        #expect(try SampleDocument(attachments: []).signedFile().attachments().isEmpty)
    }

    @Test(arguments: [
        "<</Kids [9 0 R]>>", "<</Names [(a) 8 0 R (b)]>>", "<</Names [(a) 8 0 R]>>", "<</Names [(a) <<>>]>>", "[]",
    ])
    func `a name tree of attachments that is wrong is refused`(tree: String) throws {
        var raw = RawPDF()
        raw.object(1, "<</Type /Catalog /Pages 2 0 R /Names <</EmbeddedFiles 9 0 R>> >>")
        raw.object(2, "<</Type /Pages /Count 0 /Kids []>>")
        raw.object(8, "<</Type /Filespec /F (x)>>")
        raw.object(9, tree)
        raw.table()
        let file = try PDFFile(parsing: raw.bytes)
        #expect(throws: PDFFault.self) { try file.attachments() }
    }

    @Test func `attachments that blow up are refused`() throws {
        let bomb = PDFAttachment(
            name: "b", mimeType: "x", description: "", bytes: [UInt8](repeating: 0, count: 30 << 20),
            modifiedAt: SampleDocument.signedAt)
        let file = try SampleDocument(attachments: [bomb]).signedFile()
        #expect(throws: PDFFault.self) { try file.attachments() }
    }

    private func metadata(of file: PDFFile) throws -> String {
        guard case .stream(let stream) = file.resolve(file.catalog["Metadata"]) else {
            throw PDFFault.structure("none")
        }
        return String(decoding: try file.decodedBytes(of: stream), as: UTF8.self)
    }

    @Test func `metadata is taken as given, or made of title and language`() throws {
        let own = Array("<?xpacket begin?>own".utf8)
        #expect(try metadata(of: SampleDocument(metadata: own).signedFile()) == "<?xpacket begin?>own")
        let small = try metadata(of: SampleDocument().signedFile())
        #expect(small.contains("License &amp; &lt;seal&gt;"))
        #expect(small.contains("<rdf:li>en</rdf:li>"))
    }

    @Test func `a title cannot break out of the metadata`() throws {
        // An accent makes one character of itself and the sign before it.
        let title = "a<\u{301}b&\u{301}c>\"\u{0}\u{1F}d"
        let text = try metadata(of: SampleDocument(title: title).signedFile())
        #expect(text.contains("a&lt;\u{301}b&amp;\u{301}c&gt;&quot;  d</rdf:li>"))
    }
}
