import Testing

@testable import PDF

struct FieldTextTests {
    private func texts(_ contents: String) throws -> [PDFFieldText] {
        try SampleDocument(contents: contents).signedFile().fieldTexts()
    }

    @Test func `fields come with their value, other text between them`() throws {
        #expect(
            try SampleDocument().signedFile().fieldTexts() == [
                PDFFieldText(name: "number", value: nil, text: "A-1", isVisible: true),
                PDFFieldText(name: "holder.name", value: "7", text: "Alpha Ltd", isVisible: true),
                PDFFieldText(name: "", value: nil, text: "loose", isVisible: true),
            ])
    }

    @Test(arguments: ["3 Tr", "7 Tr", "/F1 0 Tf"])
    func `text that is not painted is told`(state: String) throws {
        let found = try texts("BT /F1 9 Tf \(state) /ChanceryField <</Name (a)>> BDC (x) Tj EMC ET")
        #expect(found.map(\.isVisible) == [false])
        #expect(try texts("q BT /F1 9 Tf \(state) ET Q BT /F1 9 Tf 0 Tr (x) Tj ET").map(\.isVisible) == [true])
    }

    @Test func `a field that occurs twice is given twice`() throws {
        let field = "/ChanceryField <</Name (a)>> BDC (x) Tj EMC "
        #expect(try texts("BT /F1 9 Tf \(field)\(field) ET").map(\.name) == ["a", "a"])
    }

    @Test func `other marks change nothing`() throws {
        let found = try texts(
            "BT /F1 9 Tf /ChanceryField <</Name (a)>> BDC /Span BMC (x) Tj EMC /Span <<>> BDC (y) ' EMC 1 2 (z) \" EMC ET"
        )
        #expect(found == [PDFFieldText(name: "a", value: nil, text: "xyz", isVisible: true)])
    }

    @Test(arguments: [
        "BT", "ET", "BT BT ET ET", "EMC", "/A BMC", "Q", "(x) Tj", "BT (x) Tj ET", "BT /F1 9 Tf 5 Tj ET",
        "BT /F2 9 Tf ET",
        "BT /F1 9 Tf [(x) /N] TJ ET", "1 2", "/ChanceryField <<>> BDC EMC", "/ChanceryField /Nope BDC EMC", "9 Tr",
        "xyzzy",
        "/G gs", "BI /W 1 ID x EI", "/ChanceryField <</Name ()>> BDC EMC", "BDC", "Tf", "Tr", "gs", "\"", "TJ",
    ])
    func `a content stream that is wrong is refused`(contents: String) {
        #expect(throws: PDFFault.self) { try texts(contents) }
    }

    private func document(map: String, contents: String) -> SampleDocument {
        SampleDocument(
            contents: contents,
            page: { page, builder in
                let stream = builder.addStream(Array(map.utf8))
                let font = builder.add(
                    .dictionary([
                        "Type": .name("Font"), "Subtype": .name("Type0"), "Encoding": .name("Identity-H"),
                        "ToUnicode": .reference(stream),
                    ]))
                page["Resources"] = .dictionary(["Font": .dictionary(["F1": .reference(font)])])
            })
    }

    @Test func `composite fonts read by their map`() throws {
        let map = """
            /CIDInit /ProcSet findresource begin 1 begincodespacerange <0000> <FFFF> endcodespacerange
            2 beginbfchar <0001> <7167> <0002> <D842DFB7> endbfchar
            2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<0058> <0059>] endbfrange endcmap
            """
        let file = try document(
            map: map, contents: "BT /F1 9 Tf <0001000200100011001200200021> Tj <0099> Tj <00> Tj ET"
        )
        .signedFile()
        #expect(try file.fieldTexts().map(\.text) == ["照𠮷ABCXY\u{FFFD}\u{FFFD}"])
    }

    @Test(arguments: [
        "1 beginbfrange <0000> <FFFF> <0041> endbfrange 1 beginbfrange <0000> <FFFF> <0041> endbfrange 1 beginbfrange <0000> <0000> <0041> endbfrange",
        "1 beginbfchar <01> <0041> endbfchar", "1 beginbfchar <0001> <41> endbfchar", "1 beginbfchar <0001> endbfchar",
        "1 beginbfrange <0002> <0001> <0041> endbfrange", "1 beginbfrange <0001> <0002> [<0041>] endbfrange",
        "1 beginbfrange <0001> <0002> 5 endbfrange", "1 beginbfchar /A /B endbfchar",
    ])
    func `a map that is wrong or too long is refused`(map: String) throws {
        let file = try document(map: map, contents: "BT /F1 9 Tf <0001> Tj ET").signedFile()
        #expect(throws: PDFFault.self) { try file.fieldTexts() }
    }

    @Test func `a map that repeats itself for ever is refused in time`() throws {
        let map = String(repeating: "1 beginbfrange <0000> <FFFF> <0041> endbfrange\n", count: 20_000)
        let file = try document(map: map, contents: "BT /F1 9 Tf <0001> Tj ET").signedFile()
        let start = ContinuousClock.now
        #expect(throws: PDFFault.self) { try file.fieldTexts() }
        #expect(ContinuousClock.now - start < .seconds(5))
    }
}
