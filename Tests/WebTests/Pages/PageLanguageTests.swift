import Testing

@testable import Web

@Suite struct PageLanguageTests {
    @Test(
        arguments: [
            ([], nil, "zh"), ([], "en", "en"), ([], "en-GB,zh;q=0.5", "en"), ([], "fr, zh-CN;q=0.3, en;q=0.8", "en"),
            ([], "fr", "zh"), ([], "*", "zh"), ([], "en;q=0, zh;q=0.1", "zh"), (["en"], "zh", "en"),
            (["fr", "EN"], "zh", "en"),
            (["fr"], "en", "en"), ([], "en;q=x;;,,;", "en"), ([], "zh;q=0.9,en;q=0.9", "zh"),
        ] as [([String], String?, String)])
    func `ui_locales come first, then Accept-Language, then the authority`(
        _ locales: [String], _ header: String?, _ expected: String
    ) {
        let chosen = PageLanguage.choose(locales: locales, acceptLanguage: header, offered: ["zh", "en"])
        #expect(chosen.tag == expected)
    }

    @Test func `a language without words is never chosen, and there is always one`() {
        #expect(PageLanguage.choose(locales: ["fr"], acceptLanguage: "fr", offered: ["fr", "en"]).tag == "en")
        #expect(PageLanguage.choose(locales: [], acceptLanguage: nil, offered: ["fr"]).words == .en)
        #expect(PageLanguage.choose(locales: [], acceptLanguage: "zh", offered: ["en", "zh-Hans"]).tag == "zh-Hans")
    }

    @Test func `a header of any size is read quickly`() {
        let header = String(repeating: "en;q=0.1,", count: 100_000)
        #expect(AcceptLanguage.tags(header).count <= 20)
    }
}
