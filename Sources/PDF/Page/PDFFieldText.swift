/// Text that a page's own content stream draws.
package struct PDFFieldText: Hashable, Sendable {
    /// The field (`holder.name`); empty for text outside of every field.
    package let name: String
    /// The code behind the text, where the mark has one.
    package let value: String?
    /// As the fonts' ToUnicode maps have it, pieces joined without spaces; unmapped codes are U+FFFD.
    package internal(set) var text: String
    /// Whether all of it is painted: text render modes 3 and 7 and a font size of 0 are not.
    package internal(set) var isVisible: Bool
}

extension PDFFile {
    /// The text of the marked content `/ChanceryField <</Name (…) /Value (…)>> BDC … EMC` in the pages' content streams, in order,
    /// with text outside of such marks between. Text in form XObjects is part of the page's background and not given.
    /// A field that occurs twice is given twice.
    /// - Throws: faults of page tree, content streams, fonts and their maps; `unsupported` for inline images and
    ///   fonts of other encodings than Identity in a field; `limit`.
    package func fieldTexts() throws(PDFFault) -> [PDFFieldText] {
        var budget = DecodingBudget(limits)
        var texts: [PDFFieldText] = []
        for page in try pages() {
            let contents = try contents(of: page.dictionary, &budget)
            var reader = FieldTextReader(file: self, page: page.dictionary, budget: budget)
            texts += try reader.read(contents)
            budget = reader.budget
        }
        return texts
    }
}
