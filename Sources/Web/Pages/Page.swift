import HTTPTypes

/// A page on its way out.
struct Page {
    let design: PageDesign
    let language: PageLanguage
    /// For the places in texts.
    var fills: [String: String] = [:]
    /// For the template.
    var values: [String: Any] = [:]
    var status = HTTPResponse.Status.ok
    /// Where the answer to a form of this page may lead besides this provider: the portal's origin.
    var formOrigin: String?

    init(_ design: PageDesign, _ language: PageLanguage) {
        (self.design, self.language) = (design, language)
    }

    /// One text of the page.
    func text(_ name: String) -> String {
        design.texts[name]?.filled(language.words, fills) ?? ""
    }
}
