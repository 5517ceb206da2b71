import Testing

@testable import PDF

/// What programs of others say of files written here.
struct PDFWriterTests {
    static func files() throws -> [(name: String, bytes: [UInt8])] {
        let signed = try SampleDocument().signed()
        var update = PDFUpdate(of: try PDFFile(parsing: signed))
        try update.addToSecurityStore(
            PDFSecurityStore(certificates: [[1]], revocationLists: [[2]], ocspResponses: [[3]]))
        let stamped = try update.timeStampable(fieldName: "T", reservedBytes: 32).embedding(SampleDocument.cms)
        var builder = PDFBuilder()
        let tree = builder.reserve()
        let page = builder.add(
            .dictionary([
                "Type": .name("Page"), "Parent": .reference(tree), "Resources": .dictionary([:]),
                "MediaBox": .array([0, 0, 10, 10].map { .integer($0) }),
            ]))
        builder.set(
            tree,
            to: .dictionary(["Type": .name("Pages"), "Count": .integer(1), "Kids": .array([.reference(page)])]))
        let root = builder.add(.dictionary(["Type": .name("Catalog"), "Pages": .reference(tree)]))
        let plain = try PDFWriter.bytes(of: builder, root: root, identifier: [UInt8](repeating: 1, count: 16))
        return [("plain", plain), ("signed", signed), ("time-stamped", stamped)]
    }

    @Test func `qpdf finds nothing to mend`() throws {
        for file in try PDFWriterTests.files() {
            let (status, output) = try Tool.run("qpdf", ["--check"], on: file.bytes)
            #expect(status == 0, "\(file.name): \(output)")
            #expect(output.contains("No syntax or stream encoding errors found"), "\(file.name): \(output)")
            #expect(!output.contains("WARNING"), "\(file.name): \(output)")
        }
    }

    @Test func `mutool reads the pages without a warning`() throws {
        for file in try PDFWriterTests.files() {
            let (status, output) = try Tool.run("mutool", ["info"], on: file.bytes)
            #expect(status == 0 && output.contains("Pages: 1"), "\(file.name): \(output)")
            #expect(!output.contains("warning") && !output.contains("error"), "\(file.name): \(output)")
        }
    }

    @Test func `qpdf tells a file that is broken, so that its silence means something`() throws {
        let broken = try SampleDocument().signed().replacing(first: "startxref\n", with: "startxref\n9")
        let (status, output) = try Tool.run("qpdf", ["--check"], on: broken)
        #expect(status != 0 && output.contains("WARNING"))
    }

    @Test func `pdftotext finds the text`() throws {
        let (_, output) = try Tool.run("mutool", ["draw", "-q", "-F", "text"], on: SampleDocument().signed())
        #expect(output.contains("Alpha Ltd"))
    }

    @Test func `an update changes, adds and frees, and the old bytes stay`() throws {
        let file = try SampleDocument().signedFile()
        var update = PDFUpdate(of: file)
        let added = update.add(.integer(5))
        update.set(added, to: .integer(6))
        let page = try #require(try file.pages().first).reference
        #expect(update.object(page) == file.resolve(page))
        let gone = try #require(file.catalog["Metadata"]?.reference)
        update.remove(gone)
        let changed = try PDFFile(parsing: update.bytes())
        #expect(changed.resolve(added) == .integer(6))
        #expect(changed.resolve(gone) == .null)
        #expect(changed.bytes.starts(with: file.bytes))
        #expect(try Tool.run("qpdf", ["--check"], on: update.bytes()).status == 0)
    }

    @Test func `an update of a file without a last line end begins a line of its own`() throws {
        var bytes = try SampleDocument().signed()
        bytes.removeLast()
        var update = PDFUpdate(of: try PDFFile(parsing: bytes))
        try update.addToSecurityStore(PDFSecurityStore(certificates: [[1]], revocationLists: [], ocspResponses: []))
        #expect(try PDFFile(parsing: update.bytes()).securityStore()?.certificates == [[1]])
    }

    @Test func `files without catalog or identifier are not written`() {
        var builder = PDFBuilder()
        let object = builder.add(.integer(1))
        let identifier = [UInt8](repeating: 1, count: 16)
        #expect(throws: PDFFault.draft("no catalog")) {
            try PDFWriter.bytes(of: builder, root: object, identifier: identifier)
        }
        #expect(throws: PDFFault.self) { try PDFWriter.bytes(of: builder, root: object, identifier: []) }
    }
}
