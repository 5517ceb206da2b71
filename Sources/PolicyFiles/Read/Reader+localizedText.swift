import Primitives

extension Reader where Output == LocalizedText {
    /// A text in several languages; `en` must be there.
    static func localizedText(maximumLength: Int = 200) -> Reader {
        let expectation = "a text by language, for example `{en: Example, zh: 示例}`"
        return Reader(expectation) { value, faults in
            guard case .map(let entries) = value.content else {
                faults.report("expected \(expectation), found \(value.kind)", at: value.place)
                return nil
            }
            let text = Reader<String>.text("the text in this language", maximumLength: maximumLength)
            var texts: [String: String] = [:]
            for entry in entries {
                faults.reportLanguage(entry.key, at: entry.place)
                texts[entry.key] = text.read(entry.value, faults)
            }
            if !entries.contains(where: { $0.key == "en" }) {
                faults.report(
                    "the text in `en` is missing: it is needed where another language is not there", at: value.place)
            }
            return LocalizedText(texts)
        }
    }
}
