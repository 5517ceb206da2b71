import Testing

@testable import LicensePages

struct XMLReaderTests {
    private func read(_ text: String) throws(XMLFault) -> XMLElement { try XMLReader.read(Array(text.utf8)) }

    @Test func `elements keep their attributes, text and place`() throws {
        let text =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a x='1'><!-- c --><b y=\"&lt;&#x4E2D;&#25991;\">t&amp;t<![CDATA[<]]></b></a>"
        let root = try read(text)
        #expect(root.name == "a")
        #expect(root["x"] == "1")
        let child = try #require(root.children.first)
        #expect(child["y"] == "<中文")
        #expect(child.text == "t&t<")
        let bytes = Array(text.utf8)
        #expect(String(decoding: bytes[child.range], as: UTF8.self).hasPrefix("<b y="))
        #expect(String(decoding: bytes[child.range], as: UTF8.self).hasSuffix("</b>"))
    }

    @Test(arguments: [
        "", "text", "<a>", "<a></b>", "<a/><b/>", "<a b/>", "<a b=c/>", "<a b='1' b='2'/>", "<a b='<'/>",
        "<a>&nbsp;</a>",
        "<a>&#0;</a>", "<a>\u{1}</a>", "<a>&</a>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a/>", "<a><?php x?></a>",
        "<a b='1'c='2'/>", "<1a/>",
        "<?xml version='1.0' encoding='latin1'?><a/>", "<a b='1", "<a><!-- ", "<a/>text",
    ])
    func `what is not well-formed is refused`(_ text: String) {
        #expect(throws: XMLFault.self) { try read(text) }
    }

    @Test func `bytes that are not UTF-8 are refused`() {
        #expect(throws: XMLFault.self) { try XMLReader.read([0x3C, 0x61, 0x3E, 0xFF, 0x3C, 0x2F, 0x61, 0x3E]) }
    }

    @Test func `depth and number of elements are bounded`() {
        let deep = String(repeating: "<g>", count: 100) + String(repeating: "</g>", count: 100)
        #expect(throws: XMLFault.self) { try read(deep) }
        let many = "<g>" + String(repeating: "<a/>", count: 60_000) + "</g>"
        #expect(throws: XMLFault.self) { try read(many) }
    }

    @Test func `a place is counted in lines and characters`() {
        let bytes = Array("一二\n三四x".utf8)
        let place = TextPosition(of: bytes.count - 1, in: bytes)
        #expect(place.line == 2)
        #expect(place.column == 3)
    }
}
