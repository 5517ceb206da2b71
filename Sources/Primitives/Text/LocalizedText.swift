/// A text in several languages, by BCP 47 tag; `en` is always there.
package struct LocalizedText: Hashable, Sendable {
    package let texts: [String: String]

    /// `nil` without an `en` text.
    package init?(_ texts: [String: String]) {
        guard texts["en"] != nil else { return nil }
        self.texts = texts
    }

    package var english: String { texts["en"] ?? "" }

    /// The text in `language`, else in English.
    package subscript(language: String) -> String { texts[language] ?? english }
}
