import Testing

@testable import PDF

struct PDFFormImportTests {
    private func imported(_ file: PDFFile, index: Int = 0) throws -> (PDFBuilder, PDFReference) {
        var builder = PDFBuilder()
        _ = builder.add(.string([1]))
        let form = try PDFFormImport.importPage(of: file, index: index, into: &builder)
        return (builder, form)
    }

    @Test func `a page becomes a form with its contents and resources`() throws {
        let file = try SampleDocument().signedFile()
        let (builder, reference) = try imported(file)
        let form = try #require(builder.object(reference)?.stream)
        #expect(form.dictionary["Subtype"] == .name("Form"))
        #expect(form.dictionary["BBox"] == .array([0, 0, 595, 842].map { .integer($0) }))
        let page = try #require(try file.pages().first).dictionary
        guard case .stream(let contents) = file.resolve(page["Contents"]) else { throw PDFFault.structure("contents") }
        #expect(form.encodedBytes == contents.encodedBytes)
        let fonts = form.dictionary["Resources"]?.dictionary?["Font"]?.dictionary
        let font = try #require(fonts?["F1"]?.reference)
        #expect(builder.object(font)?.dictionary?["BaseFont"] == .name("Helvetica"))
    }

    @Test func `a document drawn with an imported page is good for others`() throws {
        let source = try SampleDocument().signedFile()
        let document = SampleDocument(
            contents: "/Page Do",
            page: { page, builder in
                if let form = try? PDFFormImport.importPage(of: source, index: 0, into: &builder) {
                    page["Resources"] = .dictionary(["XObject": .dictionary(["Page": .reference(form)])])
                }
            })
        let bytes = try document.signed()
        #expect(try Tool.run("qpdf", ["--check"], on: bytes).status == 0)
        #expect(try Tool.run("mutool", ["draw", "-q", "-F", "text"], on: bytes).output.contains("Alpha Ltd"))
    }

    @Test func `several content streams are joined`() throws {
        var raw = RawPDF()
        raw.emptyPage("/Contents [4 0 R 5 0 R]")
        raw.stream(4, "", Array("q".utf8))
        raw.stream(5, "", Array("Q".utf8))
        raw.table()
        let (builder, reference) = try imported(try PDFFile(parsing: raw.bytes))
        #expect(builder.object(reference)?.stream?.encodedBytes == Array("q\nQ\n".utf8))
    }

    @Test func `pages do not come along through references`() throws {
        var raw = RawPDF()
        raw.emptyPage("/Group <</A 3 0 R>>")
        raw.table()
        let (builder, reference) = try imported(try PDFFile(parsing: raw.bytes))
        #expect(builder.object(reference)?.stream?.dictionary["Group"] == .dictionary(["A": .null]))
    }

    @Test(arguments: ["/Rotate 90", "/Contents 9 0 R /Rotate 0 /MediaBox2 1", "/Contents (x)", "/Contents [1 0 R]"])
    func `a page that cannot be taken over is refused or empty`(entries: String) throws {
        var raw = RawPDF()
        raw.emptyPage(entries)
        raw.table()
        let file = try PDFFile(parsing: raw.bytes)
        if entries.contains("9 0 R") {
            #expect(try imported(file).0.objects.last?.stream?.encodedBytes == [])
        } else {
            #expect(throws: PDFFault.self) { try imported(file) }
        }
        #expect(throws: PDFFault.structure("no such page")) { try imported(file, index: 1) }
        #expect(throws: PDFFault.structure("no such page")) { try imported(file, index: -1) }
    }
}
