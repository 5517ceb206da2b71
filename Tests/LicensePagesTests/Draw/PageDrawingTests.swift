import Licensing
import PDF
import Primitives
import Testing

@testable import LicensePages

struct PageDrawingTests {
    private static let body = """
        <rect width="600" height="400" fill="#fffdf6"/>
        <text x="20" y="30" font-family="Noto Serif CJK SC" font-size="20">营业执照</text>
        <text data-field="holder.name" x="20" y="80" font-size="20" data-width="300" data-fit="shrink">x</text>
        <text data-field="scope" x="20" y="120" font-size="14" font-family="sans-serif" data-width="300" data-height="200" \
        data-fit="wrap">x</text>
        <rect data-image="photo" x="400" y="20" width="80" height="120"/>
        <rect data-qr="" x="400" y="200" width="150" height="150"/>
        """
    private static let values: [String: FieldValue] = [
        "scope": .text("软件开发；信息技术咨询服务。Software development"), "photo": .photo(SamplePages.photo),
    ]

    @Test func `the same content gives the same bytes, from many threads at once`() async throws {
        let pages = try SamplePages.pages(PageDrawingTests.body)
        let content = SamplePages.content(PageDrawingTests.values)
        let expected = try SamplePages.bytes(try pages.render(content))
        let all = await withTaskGroup(of: [UInt8]?.self) { group in
            for _ in 0..<64 { group.addTask { try? SamplePages.bytes(try pages.render(content)) } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(all.count == 64)
        #expect(all.allSatisfy { $0 == expected })
    }

    @Test func `the fixed art is one small form with its own selectable text`() throws {
        let page = try SamplePages.pages(PageDrawingTests.body).render(SamplePages.content())
        let file = try SamplePages.file(page)
        let entries = page.pages.first.flatMap { page.builder.object($0)?.dictionary }
        let resources = file.resolve(entries?["Resources"]).dictionary
        let form = file.resolve(file.resolve(resources?["XObject"]).dictionary?["Art"])
        #expect(form.dictionary?["Subtype"] == .name("Form"))
        // Cairo's own subset of four glyphs is over 80 KB.
        #expect(try SamplePages.bytes(page).count < 20_000)
    }

    @Test func `fonts are subsets of few bytes`() throws {
        let page = try SamplePages.pages(PageDrawingTests.body).render(SamplePages.content(PageDrawingTests.values))
        let programs = page.builder.objects.compactMap(\.stream)
            .filter { $0.dictionary["Subtype"] == .name("CIDFontType0C") }
        #expect(programs.count >= 2)
        #expect(programs.allSatisfy { $0.encodedBytes.count < 10_000 })
    }

    @Test func `a photo is taken over as it is, in its proportions`() throws {
        let page = try SamplePages.pages(PageDrawingTests.body).render(SamplePages.content(PageDrawingTests.values))
        let image = page.builder.objects.compactMap(\.stream).first { $0.dictionary["Filter"] == .name("DCTDecode") }
        #expect(image?.encodedBytes == SamplePages.photo.bytes)
        let box = BoxPlacement(field: "photo", x: 0, y: 0, width: 100, height: 300, color: .black, matrix: .identity)
        let matrix = box.matrix(forImage: try #require(PhotoImage(SamplePages.photo)).size)
        #expect([matrix.a, matrix.d, matrix.e, matrix.f] == [100, -150, 0, 225])
    }

    @Test func `a photo of four colours is refused with its field`() throws {
        let photo = JPEGImage(bytes: [0xFF, 0xD8], width: 1, height: 1, components: 4)
        let pages = try SamplePages.pages(PageDrawingTests.body)
        #expect(throws: PageRefusal.image(field: "photo", reason: "neither grey nor RGB, or without size")) {
            try pages.render(SamplePages.content(["photo": .photo(photo)]))
        }
    }

    @Test func `a text too long for a QR code is refused`() throws {
        let pages = try SamplePages.pages(PageDrawingTests.body)
        #expect(throws: PageRefusal.image(field: "qr", reason: "the text does not fit into a QR code")) {
            try pages.render(SamplePages.content(qrText: String(repeating: "A", count: 9000)))
        }
    }

    @Test func `a QR code has its finder patterns and stays small in alphanumeric mode`() throws {
        let symbol = try #require(QRSymbol(SamplePages.qrText))
        // 432 characters in alphanumeric mode, level M: version 13 holds 483; in bytes they would need version 17.
        #expect(symbol.size == 69)
        let finder = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]
        for (x, y) in [(0, 0), (symbol.size - 7, 0), (0, symbol.size - 7)] {
            let seen = (0..<7).map { row in
                String((0..<7).map { symbol.isDark(x + $0, y + row) ? Character("#") : Character(".") })
            }
            #expect(seen == finder)
        }
        #expect(!symbol.isDark(-1, 0) && !symbol.isDark(symbol.size, 0))
    }

    @Test func `the mask of a QR code paints its dark modules and a light border around them`() throws {
        let symbol = try #require(QRSymbol(SamplePages.qrText))
        let rowLength = (symbol.sideWithBorder + 7) / 8
        let samples = symbol.samples
        try #require(samples.count == rowLength * symbol.sideWithBorder)
        for y in 0..<symbol.sideWithBorder {
            for x in 0..<symbol.sideWithBorder {
                let isPainted = samples[y * rowLength + x / 8] & (0x80 >> (x % 8)) != 0
                #expect(isPainted == symbol.isDark(x - QRSymbol.quietZone, y - QRSymbol.quietZone))
            }
        }
    }

    @Test func `a specimen is marked, a license is not`() throws {
        let pages = try SamplePages.pages(PageDrawingTests.body)
        let marked = try SamplePages.file(try pages.render(SamplePages.content(isSpecimen: true))).fieldTexts()
        #expect(marked.contains { $0.name == "" && $0.text.contains("SPECIMEN") })
        let plain = try SamplePages.file(try pages.render(SamplePages.content())).fieldTexts()
        #expect(!plain.contains { $0.text.contains("SPECIMEN") })
    }

    @Test func `a page is as large as its template says`() throws {
        let page = try SamplePages.pages("<g/>").render(SamplePages.content())
        let box = page.pages.first.flatMap { page.builder.object($0)?.dictionary?["MediaBox"]?.array }
        #expect(box == [.integer(0), .integer(0), .real(425.197), .real(283.465)])
    }
}
