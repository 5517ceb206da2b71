import Testing

struct AuthorityFileTests {
    private func faults(_ old: String, to new: String) throws -> [String] {
        try PolicySample.changing("authority.yaml", old, to: new).faults().map {
            $0.replacing("authority.yaml:", with: "")
        }
    }

    @Test func `an unknown key is named with the one that was meant`() throws {
        #expect(
            try faults("languages:", to: "langauges:") == ["3:1: unknown key `langauges`: did you mean `languages`?"])
        #expect(
            try faults("languages: [zh, en]", to: "colour: red") == [
                "3:1: unknown key `colour`: known are `code`, `languages` and `name`"
            ])
    }

    @Test func `a missing key says what to give`() throws {
        #expect(
            try faults("code: 11100000000013338W\n", to: "") == [
                "1:1: `code` is missing: give the unified social credit code, 18 characters"
            ])
    }

    @Test func `a wrong check character says the right one`() throws {
        #expect(
            try faults("11100000000013338W", to: "11100000000013338X") == [
                "2:7: wrong check character in `11100000000013338X`: 11100000000013338 is followed by W, so `11100000000013338W` would be right"
            ])
    }

    @Test func `a code of another length or with a foreign character is no code`() throws {
        #expect(
            try faults("11100000000013338W", to: "1110000000001333W") == [
                "2:7: a unified social credit code has 18 characters, `1110000000001333W` has 17"
            ])
        #expect(
            try faults("11100000000013338W", to: "11100000O00013338W") == [
                "2:7: `O` cannot stand in a unified social credit code: only digits and capital letters without I, O, S, V and Z"
            ])
    }

    @Test func `a text without English is a fault, one without Chinese is none`() throws {
        #expect(
            try faults("{en: Example City, zh: 示例市}", to: "{zh: 示例市}") == [
                "1:7: the text in `en` is missing: it is needed where another language is not there"
            ])
        #expect(try faults(", zh: 示例市", to: "") == [])
    }

    @Test func `a text is a map of lines by language`() throws {
        #expect(
            try faults("{en: Example City, zh: 示例市}", to: "Example City") == [
                "1:7: expected a text by language, for example `{en: Example, zh: 示例}`, found `Example City`"
            ])
        #expect(
            try faults("{en: Example City, zh: 示例市}", to: "{en: [A], Chinese: 示例市, zh: ''}") == [
                "1:12: expected the text in this language, found a list",
                "1:17: `Chinese` is no language tag: expected one like `en`, `zh` or `zh-Hant`",
                "1:35: an empty text: expected the text in this language",
            ])
        #expect(
            try faults("{en: Example City, zh: 示例市}", to: "{en: }") == [
                "1:12: expected the text in this language, found nothing"
            ])
    }

    @Test func `a name is one line and short enough for a certificate`() throws {
        let long = String(repeating: "市", count: 65)
        #expect(
            try faults("示例市", to: long) == ["1:30: a text of 65 characters: at most 64 are allowed here"])
        #expect(
            try faults("示例市", to: "\"a\\nb\"") == ["1:30: a text over several lines: write one line"])
    }

    @Test func `columns count characters, also behind Chinese ones`() throws {
        #expect(
            try faults("{en: Example City, zh: 示例市}", to: "{zh: 示例市, en: Example City, x: A}") == [
                "1:35: `x` is no language tag: expected one like `en`, `zh` or `zh-Hant`"
            ])
    }

    @Test func `languages are a list of different tags`() throws {
        #expect(
            try faults("[zh, en]", to: "[zh, EN, zh]")
                == [
                    "3:17: `EN` is no language tag: expected one like `en`, `zh` or `zh-Hant`",
                    "3:21: the language `zh` stands twice, first in line 3: take one out",
                ])
        #expect(
            try faults("[zh, en]", to: "zh") == [
                "3:12: expected a list in [ ], each a language tag like `en` or `zh`, found `zh`"
            ])
        #expect(
            try faults("[zh, en]", to: "[]") == [
                "3:12: an empty list: expected at least one, each a language tag like `en` or `zh`"
            ])
    }

    @Test func `a file that is a list is a fault`() throws {
        #expect(
            try faults("", to: "- name\n") == [
                "1:1: expected the keys `name`, `code` and `languages`, found a list"
            ])
    }
}
