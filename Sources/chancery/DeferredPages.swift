import LicensePages
import Licensing
import Synchronization

/// Page templates that are compiled when the first page is drawn, or earlier on request: commands that draw nothing do
/// not wait for it.
final class DeferredPages: PageRenderer, Sendable {
    private let policy: LicensingPolicy
    private let folder: String
    private let compiled = Mutex<TemplatePages?>(nil)

    init(policy: LicensingPolicy, folder: String) {
        (self.policy, self.folder) = (policy, folder)
    }

    /// - Throws: `TemplateFaults` with every fault of every template.
    @discardableResult
    func compile() throws -> TemplatePages {
        try compiled.withLock { pages in
            if let pages { return pages }
            let fresh = try TemplatePages(policy: policy, folder: folder)
            pages = fresh
            return fresh
        }
    }

    /// - Throws: `TemplateFaults` with every fault of every template but those of its art.
    func check() throws {
        try TemplatePages.check(policy, folder: folder)
    }

    func render(_ content: PageContent) throws(PageRefusal) -> RenderedPage {
        let pages: TemplatePages
        do {
            pages = try compile()
        } catch {
            throw .noTemplate(type: content.type.id)
        }
        return try pages.render(content)
    }
}
