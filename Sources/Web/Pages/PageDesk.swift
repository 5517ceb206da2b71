import HTTPTypes
import Hummingbird
import Identity
import Mustache
import Primitives

/// Makes answers of pages: templates compiled at the start, words in the reader's language, headers by the rules for pages.
struct PageDesk: Sendable {
    let assets: [Asset]
    let signOn: SignOnPorts
    private let library: MustacheLibrary
    private let directory: PortalDirectory
    private let links: [String: String]
    private let host: String
    /// Path of the issuer, before every link; mostly empty.
    let base: String

    /// - Throws: when a template cannot be compiled.
    init(_ ports: SignOnPorts) throws {
        (signOn, directory) = (ports, ports.signOn.directory)
        let hashing = ports.signOn.hashing
        MustacheContentTypes.register(HTMLEscaping(), named: HTMLEscaping.name)
        var library = MustacheLibrary()
        try library.register(PageLayout.template, named: PageLayout.name)
        for part in PagePart.all { try library.register(part.template, named: part.name) }
        for design in PageDesign.all { try library.register(design.template, named: design.name) }
        self.library = library
        let rest = directory.issuer.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false).dropFirst(2)
        host = rest.first.map { String($0) } ?? ""
        base = rest.count > 1 ? "/" + rest.dropFirst().joined(separator: "/") : ""
        let stylesheet = Asset("chancery", "css", Stylesheet.text, type: "text/css; charset=utf-8", hashing)
        let icon = Asset("icon", "svg", PageIcon.text, type: "image/svg+xml", hashing)
        assets = [stylesheet, icon]
        links = ["stylesheet": base + stylesheet.path, "icon": base + icon.path, "base": base]
    }

    /// - Parameter locales: `ui_locales`.
    func language(_ request: Request, locales: [String] = []) -> PageLanguage {
        PageLanguage.choose(
            locales: locales, acceptLanguage: request.headers[.acceptLanguage], offered: directory.languages)
    }

    func response(_ page: Page) -> Response {
        var response = Response(
            status: page.status,
            headers: [.contentType: "text/html; charset=utf-8", .contentLanguage: page.language.tag],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html(page))))
        response.headers[.contentSecurityPolicy] = ContentSecurityPolicy.page(formOrigin: page.formOrigin)
        return response
    }

    func html(_ page: Page) -> String {
        let words = page.language.words
        var values = page.values
        values["t"] = page.design.texts.mapValues { $0.filled(words, page.fills) }
        values["f"] = PageLayout.texts.mapValues { $0.filled(words, ["host": host]) }
        values["lang"] = page.language.tag
        values["authority"] = directory.authorityName[page.language.tag]
        for (name, link) in links { values[name] = link }
        return library.render(values, withTemplate: page.design.name) ?? ""
    }

    /// A portal as people are told of it.
    func name(of portal: Portal, _ language: PageLanguage) -> String { portal.name[language.tag] }

    func departmentName(of portal: Portal, _ language: PageLanguage) -> String {
        signOn.departmentNames[portal.departmentID]?[language.tag] ?? portal.departmentID
    }

    func portalName(_ id: String, _ language: PageLanguage) -> String {
        directory[id]?.name[language.tag] ?? id
    }
}
