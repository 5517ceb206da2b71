import Testing

@testable import PDF

struct PageTreeTests {
    private func pages(_ objects: [Int: String], limits: PDFLimits = .standard) throws -> [PDFPage] {
        var raw = RawPDF()
        raw.object(1, "<</Type /Catalog /Pages 2 0 R>>")
        for (number, text) in objects.sorted(by: { $0.key < $1.key }) { raw.object(number, text) }
        raw.table()
        return try PDFFile(parsing: raw.bytes, limits: limits).pages()
    }

    @Test func `pages come in order and inherit`() throws {
        let found = try pages([
            2: "<</Type /Pages /Count 3 /Kids [3 0 R 6 0 R] /MediaBox [0 0 1 1] /Rotate 90>>",
            3: "<</Type /Pages /Count 2 /Kids [4 0 R 5 0 R] /MediaBox [0 0 2 2] /Parent 2 0 R>>",
            4: "<</Type /Page /Parent 3 0 R>>", 5: "<</Type /Page /Parent 3 0 R /Rotate 0>>",
            6: "<</Type /Page /Parent 2 0 R>>",
        ])
        #expect(found.map(\.reference.number) == [4, 5, 6])
        let boxes = found.map { $0.dictionary["MediaBox"]?.array?.last?.integer }
        #expect(boxes == [2, 2, 1])
        #expect(found.map { $0.dictionary["Rotate"]?.integer } == [90, 0, 90])
    }

    @Test(arguments: [
        [2: "<</Type /Pages /Count 1 /Kids [2 0 R]>>"],
        [2: "<</Type /Pages /Count 1 /Kids [3 0 R]>>", 3: "<</Type /Pages /Count 1 /Kids [2 0 R]>>"],
        [2: "<</Type /Pages /Count 2 /Kids [3 0 R 3 0 R]>>", 3: "<</Type /Page>>"],
        [2: "<</Type /Pages /Count 2 /Kids [3 0 R]>>", 3: "<</Type /Page>>"],
        [2: "<</Type /Pages /Count 1 /Kids [9 0 R]>>"], [2: "<</Type /Pages /Count 1 /Kids [<</Type /Page>>]>>"],
        [2: "<</Count 0 /Kids []>>"], [2: "null"],
    ])
    func `a page tree that is wrong is refused`(objects: [Int: String]) {
        #expect(throws: PDFFault.self) { try pages(objects) }
    }

    @Test func `the number of pages is bounded`() {
        var limits = PDFLimits()
        limits.pages = 2
        let objects = [
            2: "<</Type /Pages /Count 3 /Kids [3 0 R 4 0 R 5 0 R]>>", 3: "<</Type /Page>>", 4: "<</Type /Page>>",
            5: "<</Type /Page>>",
        ]
        #expect(throws: PDFFault.limit("pages")) { try pages(objects, limits: limits) }
    }
}
