import Licensing
import PDF
import Primitives
import Testing

@testable import LicensePages

struct PageTextTests {
    private func body(_ field: String, _ attributes: String = "data-fit=\"shrink\"") -> String {
        "<text data-field=\"\(field)\" x=\"10\" y=\"40\" font-size=\"16\" data-width=\"500\" \(attributes)>sample</text>"
    }

    @Test(
        arguments: [
            ("number", SamplePages.number, nil), ("holder.name", "示例市晨光软件有限公司", nil),
            ("holder.id", "91350100M000100Y43", nil),
            ("holder.idType", "统一社会信用代码", "001"), ("validFrom", "2026年01月08日", "2026-01-08"),
            ("validUntil", "2036年01月07日", "2036-01-07"), ("issuer.name", "市场监督管理局", nil),
            ("issuer.code", "11110000000021135M", nil),
            ("type.name", "营业执照", nil), ("type.code", "11100000000013338W001", nil),
            ("authority.name", "示例市政务服务中心", nil),
            ("kind", "有限责任公司", "limited"), ("since", "2020年02月29日", "2020-02-29"), ("count", "-42", nil),
            ("share", "12.50", nil),
            ("unit", "11110000000021135M", nil), ("owner", "11010519491231002X", nil), ("scope", "软件㐂𠮷 & Co.", nil),
        ] as [(String, String, String?)])
    func `a field shows its value, with the datum behind it`(_ field: String, text: String, value: String?) throws {
        let values: [String: FieldValue] = [
            "kind": .choice("limited"), "since": .date(SamplePages.day("2020-02-29")), "count": .integer(-42),
            "share": .decimal("12.50"), "unit": .organizationCode(SamplePages.code("11110000000021135M")),
            "owner": .personID(try #require(CitizenID("11010519491231002X"))), "scope": .text("软件㐂𠮷 & Co."),
        ]
        let page = try SamplePages.pages(body(field)).render(SamplePages.content(values))
        let texts = try SamplePages.file(page).fieldTexts()
        #expect(texts.map(\.name) == [field])
        #expect(texts.first?.text == text)
        #expect(texts.first?.value == value)
        #expect(texts.first?.isVisible == true)
    }

    @Test func `a permanent license says so`() throws {
        let page = try SamplePages.pages(body("validUntil")).render(SamplePages.content(validUntil: nil))
        let text = try SamplePages.file(page).fieldTexts().first
        #expect(text?.text == "长期")
        #expect(text?.value == "permanent")
    }

    @Test func `several holders are listed`() throws {
        let holders = [Holder(name: "甲", idType: "111", id: "1"), Holder(name: "乙", idType: "414", id: "2")]
        let content = SamplePages.content(holders: holders)
        #expect(try SamplePages.texts(body("holder.name"), content) == ["holder.name": "甲、乙"])
        #expect(try SamplePages.texts(body("holder.idType"), content) == ["holder.idType": "居民身份证、普通护照"])
    }

    @Test func `a value that is absent draws nothing`() throws {
        #expect(try SamplePages.texts(body("scope"), SamplePages.content()).isEmpty)
    }

    @Test func `text that wraps reads back whole`() throws {
        let text = String(repeating: "软件开发；Technology transfer（含进出口）\n", count: 6) + "完"
        let content = SamplePages.content(["scope": .text(text)])
        let body = body("scope", "data-fit=\"wrap\" data-height=\"300\"")
        #expect(try SamplePages.texts(body, content) == ["scope": text])
    }

    @Test func `the same glyph under two characters reads back as each`() throws {
        // U+2F00 and U+4E00 share a glyph in many fonts, as do the two spaces.
        let text = "⼀一 \u{A0}x"
        #expect(try SamplePages.texts(body("scope"), SamplePages.content(["scope": .text(text)])) == ["scope": text])
    }

    @Test func `a character without glyph is refused with its field`() throws {
        let pages = try SamplePages.pages(body("scope"))
        let refusal = #expect(throws: PageRefusal.self) {
            try pages.render(SamplePages.content(["scope": .text("示例\u{13000}")]))
        }
        #expect(refusal == .noGlyph(field: "scope", character: "\u{13000}"))
    }

    @Test func `a value that is too long is refused with its field`() throws {
        let pages = try SamplePages.pages(body("scope"))
        let refusal = #expect(throws: PageRefusal.self) {
            try pages.render(SamplePages.content(["scope": .text(String(repeating: "长", count: 200))]))
        }
        #expect(refusal == .doesNotFit(field: "scope"))
    }

    @Test func `a type without template is refused`() throws {
        let pages = try SamplePages.pages("<g/>")
        let refusal = #expect(throws: PageRefusal.self) {
            try pages.render(SamplePages.content(type: SamplePages.type("other")))
        }
        #expect(refusal == .noTemplate(type: "other"))
    }

    @Test func `each language has its own sheet`() throws {
        let type = SamplePages.type(pages: ["en": "en.svg", "zh": "zh.svg"])
        let svg = SamplePages.svg(body("validFrom") + "<rect width=\"50\" height=\"50\"/>")
        let pages = try SamplePages.pages(["en.svg": svg, "zh.svg": svg], type: type)
        let texts = try SamplePages.file(try pages.render(SamplePages.content(type: type))).fieldTexts()
        #expect(texts.map(\.text) == ["2026年01月08日", "2026-01-08"])
    }
}
