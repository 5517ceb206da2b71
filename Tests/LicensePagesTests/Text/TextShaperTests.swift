import Testing

@testable import LicensePages

struct TextShaperTests {
    private let shaper = TextShaper(fonts: FontLibrary())

    private func text(_ glyphs: [ShapedGlyph]) -> String { glyphs.map(\.text).joined() }

    @Test(arguments: [
        "示例市晨光软件有限公司", "Mingde Co., Ltd. 2026", "第一行\n第二行", "㐂𠮷𠀋", "é ñ ü — “引号” ①", "Ａ１（全角）", "⼀与一",
    ])
    func `glyphs stand for all of the text, in order`(_ text: String) throws {
        #expect(self.text(try shaper.shape(text, style: .serif)) == text)
    }

    @Test(arguments: ["\u{13000}", "\u{202E}", "\u{200B}", "\u{7}", "😀", "שלום", "\u{E000}"])
    func `a character that no face has is named`(_ character: String) throws {
        let missing = #expect(throws: TextShaper.MissingGlyph.self) {
            try shaper.shape("示例" + character, style: .serif)
        }
        #expect(missing?.character == character.first)
    }

    @Test func `a variation is drawn as asked or refused`() throws {
        let known = try shaper.shape("\u{3001}\u{FE01}", style: .sans)
        #expect(text(known).unicodeScalars.count == 2)
        #expect(throws: TextShaper.MissingGlyph.self) { try shaper.shape("\u{845B}\u{E01EF}", style: .sans) }
    }
}

struct LineBreakingTests {
    @Test(arguments: [
        ("市", "明", true), ("市", "，", false), ("（", "明", false), ("a", "b", false), (" ", "b", true), ("b", " ", false),
        ("a", "明", true), ("。", "明", true), ("、", "A", true), ("1", "2", false), ("“", "明", false), ("明", "”", false),
        ("\n", "明", true),
    ])
    func `lines end where readers expect it`(_ before: String, after: String, allowed: Bool) {
        #expect(LineBreaking.mayBreak(after: before, before: after) == allowed)
    }
}
