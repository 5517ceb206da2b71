import Testing

@testable import LicensePages

struct TemplateFaultTests {
    /// Body of a template on line 2, and the column and a word of its one fault.
    @Test(arguments: [
        ("<text data-field=\"nobody\" x=\"1\" y=\"9\">x</text>", 7, "unknown field \"nobody\""),
        ("<text data-field=\"photo\" x=\"1\" y=\"9\">x</text>", 7, "data-image"),
        ("<rect data-field=\"scope\" x=\"1\" y=\"9\"/>", 7, "belongs on a <text>"),
        ("<text data-field=\"scope\" y=\"9\">x</text>", 1, "x is missing"),
        ("<text data-field=\"scope\" x=\"1 2\" y=\"9\">x</text>", 26, "not one number"),
        ("<text data-field=\"scope\" x=\"1\" y=\"9\" data-fit=\"cut\">x</text>", 38, "shrink or wrap"),
        ("<text data-field=\"scope\" x=\"1\" y=\"9\" data-width=\"0\">x</text>", 38, "above 0"),
        ("<text data-field=\"scope\" x=\"1\" y=\"9\" data-width=\"wide\">x</text>", 38, "no number"),
        ("<text data-field=\"scope\" x=\"1\" y=\"9\" data-min-size=\"40\">x</text>", 38, "at most"),
        ("<text data-field=\"scope\" x=\"1\" y=\"9\" text-anchor=\"left\">x</text>", 38, "start, middle or end"),
        ("<text data-field=\"scope\" x=\"1\" y=\"9\" font-size=\"2em\">x</text>", 38, "font-size"),
        ("<text data-field=\"scope\" x=\"1\" y=\"9\" fill=\"url(#g)\">x</text>", 38, "no colour"),
        ("<text data-field=\"scope\" x=\"1\" y=\"9\" transform=\"skewX(9)\">x</text>", 38, "skewX"),
        ("<text x=\"1\" y=\"9\" font-family=\"SimSun\">x</text>", 19, "no font \"SimSun\""),
        ("<defs><text data-field=\"scope\" x=\"1\" y=\"9\">x</text></defs>", 13, "not drawn"),
        ("<rect data-image=\"scope\" width=\"9\" height=\"9\"/>", 7, "no photo field"),
        ("<rect data-image=\"photo\" width=\"9\"/>", 1, "above 0"),
        ("<circle data-qr=\"\" r=\"9\"/>", 9, "belongs on a <rect>"),
        ("<script>alert(1)</script>", 1, "not allowed"),
        ("<foreignObject/>", 1, "not allowed"),
        ("<rect onclick=\"x()\"/>", 7, "is script"),
        ("<image href=\"file:///etc/passwd\"/>", 8, "outside of the file"),
        ("<image xlink:href=\"https://example.com/a.png\"/>", 8, "outside of the file"),
        ("<image href=\"data:image/svg+xml;base64,AAAA\"/>", 8, "outside of the file"),
        ("<use href=\"other.svg#a\"/>", 6, "outside of the file"),
        ("<rect fill=\"url(http://example.com/#a)\"/>", 7, "outside of the file"),
        ("<style>@import url(x.css);</style>", 1, "outside of the file"),
        ("<rect style=\"fill: u\\72l(http://example.com)\"/>", 7, "outside of the file"),
        ("<g><rect></g>", 10, "was expected"),
    ])
    func `a fault names its place and what would be right`(_ body: String, column: Int, word: String) throws {
        let faults = try SamplePages.faults(SamplePages.svg(body))
        #expect(faults.count == 1)
        let fault = try #require(faults.first)
        #expect(fault.line == 2)
        #expect(fault.column == column)
        #expect(fault.problem.contains(word), "\(fault.problem)")
        #expect(fault.file.hasSuffix("licenses/sample/page.svg"))
    }

    @Test(arguments: [
        "", "viewBox=\"0 0 600 400\"", "width=\"150mm\"", "width=\"100%\" height=\"100%\"",
        "width=\"9999mm\" height=\"9mm\"",
        "width=\"150mm\" height=\"100mm\" viewBox=\"0 0 0 0\"",
    ])
    func `a page without a size is refused`(_ root: String) throws {
        let fault = try #require(try SamplePages.faults(SamplePages.svg("<g/>", root: root)).first)
        #expect(fault.line == 1)
    }

    @Test func `all faults of all templates come at once, in order`() throws {
        let body = """
            <text data-field="a" x="1" y="9">x</text>
            <g onload="x()"><text data-field="b" x="1" y="9">x</text></g>
            <script/>
            """
        let faults = try SamplePages.faults(SamplePages.svg(body))
        #expect(faults.map(\.line) == [2, 3, 3, 4])
    }

    @Test func `a missing file is a fault of that file`() throws {
        #expect(throws: TemplateFaults.self) { try SamplePages.pages(["other.svg": SamplePages.svg("")]) }
    }

    @Test func `what librsvg cannot read is a fault`() throws {
        let faults = try SamplePages.faults("<svg xmlns=\"urn:other\" width=\"150mm\" height=\"100mm\"><g/></svg>")
        #expect(faults.first?.problem.contains("librsvg") == true)
    }

    @Test func `a template with fields in groups of Inkscape compiles`() throws {
        let body = """
            <g inkscape:label="Layer 1" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" transform="translate(10,10)">
            <text xml:space="preserve" style="font-size:20px;font-family:'Noto Serif CJK SC';fill:#112233" x="5" y="30" \
            data-field="holder.name" data-fit="shrink"><tspan x="5" y="30">sample</tspan></text></g>
            """
        #expect(try SamplePages.faults(SamplePages.svg(body)).isEmpty)
        #expect(try SamplePages.texts(body, SamplePages.content())["holder.name"] == "示例市晨光软件有限公司")
    }
}
