package import Licensing
import PDF

/// Draws license pages from the templates of a policy folder (`licenses/<type>/page.svg`).
///
/// A template is compiled once; a page then costs the shaping of its values and the subsets of its fonts.
package struct TemplatePages: PageRenderer, Sendable {
    private let fonts: FontLibrary
    /// By type; in the order in which the sheets come.
    private let templates: [String: [PageTemplate]]

    /// Compiles every template of every type of `policy`.
    /// - Parameter folder: the policy folder.
    /// - Throws: all faults at once.
    package init(policy: LicensingPolicy, folder: String) throws(TemplateFaults) {
        let fonts = FontLibrary()
        var templates: [String: [PageTemplate]] = [:]
        try TemplatePages.forEachSheet(of: policy, folder: folder) { type, language, path throws(TemplateFaults) in
            let template = try PageTemplate.compile(path: path, type: type, language: language)
            templates[type.id, default: []].append(template)
        }
        (self.fonts, self.templates) = (fonts, templates)
    }

    /// Reads every template and draws none: finds all faults but those of the art, in milliseconds and little memory.
    /// - Throws: all faults at once.
    package static func check(_ policy: LicensingPolicy, folder: String) throws(TemplateFaults) {
        try forEachSheet(of: policy, folder: folder) { type, _, path throws(TemplateFaults) in
            try PageTemplate.check(path: path, type: type)
        }
    }

    /// - Throws: what `body` throws, for all sheets together.
    private static func forEachSheet(
        of policy: LicensingPolicy, folder: String,
        _ body: (_ type: LicenseType, _ language: String, _ path: String) throws(TemplateFaults) -> Void
    ) throws(TemplateFaults) {
        var faults: [TemplateFault] = []
        for (id, type) in policy.types.sorted(by: { $0.key < $1.key }) {
            for (language, file) in sheets(of: type, languages: policy.authority.languages) {
                do throws(TemplateFaults) {
                    try body(type, language, "\(folder)/licenses/\(id)/\(file)")
                } catch {
                    faults += error.faults
                }
            }
        }
        guard faults.isEmpty else { throw TemplateFaults(faults) }
    }

    /// One sheet a language: the authority's languages in their order, then others.
    private static func sheets(of type: LicenseType, languages: [String]) -> [(language: String, file: String)] {
        let order = languages + type.pages.keys.sorted().filter { !languages.contains($0) }
        return order.compactMap { language in type.pages[language].map { (language, $0) } }
    }

    /// One page for each template of the type. Safe to call from many threads; the same content gives the same objects.
    package func render(_ content: PageContent) throws(PageRefusal) -> RenderedPage {
        guard let sheets = templates[content.type.id], let first = sheets.first else {
            throw .noTemplate(type: content.type.id)
        }
        var builder = first.art
        var pages: [PDFReference] = []
        for (index, sheet) in sheets.enumerated() {
            let form = index == 0 ? sheet.form : builder.append(sheet.art, returning: sheet.form)
            var drawing = PageDrawing(content, on: sheet, fonts: fonts, builder: builder, form: form)
            pages.append(try drawing.draw())
            builder = drawing.builder
        }
        return RenderedPage(builder: builder, pages: pages)
    }
}
