import Testing

@testable import Licensing

@Suite struct TextRuleTests {
    @Test(arguments: [
        "杭州样例有限公司", "Zoë O’Brien", "𠮷野家 (北京)", "李\u{E0100}", "한국", "🏳️‍🌈 bar", "a", "ﷲ", "\u{E000}",
    ])
    func `visible text of any script is taken as it is`(text: String) {
        #expect(TextRule.fault(in: text, maximumLength: 20) == nil)
    }

    @Test(arguments: [
        ("a\u{0}b", "a control character (U+0000)"), ("a\tb", "a control character (U+0009)"),
        ("a\r\nb", "a control character (U+000D)"), ("a\u{9F}b", "a control character (U+009F)"),
        ("a\u{202E}b", "an invisible formatting character (U+202E)"),
        ("a\u{2066}b", "an invisible formatting character (U+2066)"),
        ("a\u{200B}b", "an invisible formatting character (U+200B)"),
        ("a\u{FEFF}b", "an invisible formatting character (U+FEFF)"),
        ("a\u{E0041}b", "an invisible formatting character (U+E0041)"),
        ("a\u{2028}b", "a separator other than a line break (U+2028)"),
        ("a\u{FFFD}b", "a replacement character left by a broken conversion (U+FFFD)"),
        ("a\u{FFFE}b", "a code that is no character (U+FFFE)"),
    ])
    func `text that reads otherwise than it is stored is refused`(text: String, what: String) {
        #expect(TextRule.fault(in: text, maximumLength: 20, allowsLineBreaks: true) == "must not contain \(what)")
    }

    @Test func `line breaks stand only where they are allowed`() {
        #expect(TextRule.fault(in: "a\nb", maximumLength: 3, allowsLineBreaks: true) == nil)
        #expect(TextRule.fault(in: "a\nb", maximumLength: 3) == "must not contain a control character (U+000A)")
    }

    @Test(arguments: ["", " a", "a ", "\u{3000}a", "a\u{3000}", " "])
    func `empty text and white space at the ends are refused`(text: String) {
        #expect(TextRule.fault(in: text, maximumLength: 20)?.contains("white space") == true)
    }

    @Test func `length counts code points, so that marks cannot pile up on one letter`() {
        #expect(TextRule.fault(in: "𠮷𠮷𠮷", maximumLength: 3) == nil)
        #expect(TextRule.fault(in: "𠮷𠮷𠮷𠮷", maximumLength: 3) == "must not be longer than 3 characters")
        #expect(TextRule.fault(in: "e" + String(repeating: "\u{301}", count: 3), maximumLength: 3) != nil)
        #expect(TextRule.fault(in: String(repeating: "a", count: 1_000_000), maximumLength: 3) != nil)
    }
}
