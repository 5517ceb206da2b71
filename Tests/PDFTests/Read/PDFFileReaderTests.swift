import Deflate
import Testing

@testable import PDF

struct PDFFileReaderTests {
    private func simple(_ change: (inout RawPDF) -> Void = { _ in }) -> RawPDF {
        var raw = RawPDF()
        raw.emptyPage()
        change(&raw)
        raw.table()
        return raw
    }

    @Test func `a plain file is read`() throws {
        let file = try PDFFile(parsing: simple { $0.add("% a comment\n\n") }.bytes)
        #expect(try file.pages().count == 1)
        #expect(file.revisions.count == 1)
        #expect(file.resolve(PDFReference(number: 99)) == .null)
        #expect(file.resolve(PDFReference(number: 1, generation: 1)) == .null)
    }

    @Test func `an update replaces, adds and removes objects`() throws {
        var raw = simple { $0.object(4, "(old)") }
        raw.object(4, "(new)")
        raw.object(5, "(added)")
        raw.table(also: [3: "0000000000 00001 f"])
        let file = try PDFFile(parsing: raw.bytes)
        #expect(file.revisions.count == 2)
        #expect(file.resolve(PDFReference(number: 4)) == .string(Array("new".utf8)))
        #expect(file.resolve(PDFReference(number: 5)) == .string(Array("added".utf8)))
        #expect(file.resolve(PDFReference(number: 3)) == .null)
    }

    @Test func `object streams and cross-reference streams are read`() throws {
        var raw = RawPDF()
        raw.emptyPage()
        raw.stream(5, "/Type /ObjStm /N 2 /First 10", Array("6 0 7 3 \n 42 [6 0 R]".utf8))
        raw.crossReferenceStream(8, compressed: [6: (5, 0), 7: (5, 1)])
        let file = try PDFFile(parsing: raw.bytes)
        #expect(file.resolve(PDFReference(number: 6)) == .integer(42))
        #expect(file.resolve(PDFReference(number: 7)) == .array([.reference(PDFReference(number: 6))]))
    }

    /// A table for old readers, and a stream with what it hides from them (ISO 32000-2 §7.5.8.4).
    private func hybrid(streamAfterTable: Bool = false, row: [UInt8] = [2, 0, 0, 0, 5, 0]) -> [UInt8] {
        var raw = RawPDF()
        raw.emptyPage()
        raw.stream(5, "/Type /ObjStm /N 1 /First 4", Array("6 0 (hidden)".utf8))
        let kept = raw
        let start = raw.bytes.count
        raw.stream(7, "/Type /XRef /W [1 4 1] /Index [6 1] /Size 20", row)
        if streamAfterTable {
            raw = kept
            raw.table("/Root 1 0 R /Size 20 /XRefStm 700", also: [6: "0000000000 00000 f"])
            raw.add(String(repeating: " ", count: 700 - raw.bytes.count))
            raw.stream(7, "/Type /XRef /W [1 4 1] /Index [6 1] /Size 20", row)
            raw.table()
        } else {
            raw.table("/Root 1 0 R /Size 20 /XRefStm \(start)", also: [6: "0000000000 00000 f"])
        }
        return raw.bytes
    }

    @Test func `a hybrid file shows what it hides from old readers`() throws {
        let file = try PDFFile(parsing: hybrid())
        #expect(file.resolve(PDFReference(number: 6)) == .string(Array("hidden".utf8)))
    }

    @Test func `the stream of a hybrid file must stand before its table`() {
        #expect(throws: PDFFault.self) { try PDFFile(parsing: hybrid(streamAfterTable: true)) }
    }

    @Test func `the stream of a hybrid file cannot point at anything else`() {
        #expect(throws: PDFFault.self) { try PDFFile(parsing: hybrid(row: [1, 0, 0, 0, 9, 0])) }
        #expect(throws: PDFFault.self) { try PDFFile(parsing: hybrid(row: [2, 0, 0, 0, 5, 1])) }
        #expect(throws: PDFFault.self) { try PDFFile(parsing: hybrid(row: [3, 0, 0, 0, 0, 0])) }
    }

    @Test func `an eight-byte field beyond all numbers is refused`() {
        var raw = RawPDF()
        raw.emptyPage()
        let start = raw.bytes.count
        raw.stream(4, "/Type /XRef /W [1 8 1] /Root 1 0 R /Size 1", [1] + [UInt8](repeating: 0xFF, count: 8) + [0])
        raw.add("startxref\n\(start)\n%%EOF\n")
        #expect(throws: PDFFault.crossReference("entry out of range")) { try PDFFile(parsing: raw.bytes) }
    }

    @Test(arguments: ["--linearize", "--object-streams=generate", "--object-streams=disable"])
    func `files that qpdf wrote are read`(option: String) throws {
        let source = try SampleDocument().signed()
        let written = try Tool.converted(source, "qpdf", [option])
        let file = try PDFFile(parsing: written)
        #expect(try file.pages().count == 1)
        #expect(try file.attachments().map(\.name) == ["license.jwt"])
        #expect(try file.fieldTexts().map(\.text) == ["A-1", "Alpha Ltd", "loose"])
    }

    @Test(arguments: ["pyhanko-b-lta-stream.pdf", "pyhanko-b-lta-table.pdf"])
    func `files that pyHanko signed with long-term data are read and wholly covered`(name: String) throws {
        let file = try PDFFile(parsing: Tool.vector(name))
        let signatures = try file.signatures()
        #expect(signatures.map(\.kind) == [.signature, .documentTimeStamp])
        for signature in signatures {
            #expect(file.coverage(of: signature).faults == [])
            #expect(file.coverage(of: signature).changesAfterSigning == [])
            #expect(file.coverage(of: signature).coversWholeDocument)
        }
        let store = try #require(try file.securityStore())
        #expect(store.certificates.count >= 3)
        #expect(store.revocationLists.count == 2)
    }
}
