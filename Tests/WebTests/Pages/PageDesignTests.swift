import Mustache
import Testing

@testable import Web

@Suite struct PageDesignTests {
    @Test(arguments: PageDesign.all.map(\.name))
    func `every word that a template asks for is there`(_ name: String) throws {
        let design = try #require(PageDesign.all.first { $0.name == name })
        for word in names(in: whole(design.template), after: "t.") + ["title"] {
            let text = try #require(design.texts[word], "\(name) has no text \(word)")
            #expect(!text.zh.isEmpty && !text.en.isEmpty && text.zh != text.en)
        }
        for word in names(in: PageLayout.template, after: "f.") { #expect(PageLayout.texts[word] != nil) }
    }

    @Test(arguments: PageDesign.all.map(\.name))
    func `a text has the same places in every language`(_ name: String) throws {
        let design = try #require(PageDesign.all.first { $0.name == name })
        for (word, text) in design.texts {
            #expect(places(text.zh) == places(text.en), "\(name) \(word)")
        }
    }

    /// What the Content Security Policy would block, and what escaping would not reach.
    @Test(arguments: PageDesign.all.map(\.template) + PagePart.all.map(\.template) + [PageLayout.template])
    func `no template has scripts, inline styles, raw values or addresses elsewhere`(_ template: String) {
        for forbidden in ["<script", "style=", "javascript:", "{{{", "{{&", " on", "//", "http:", "https:"] {
            let isInAttribute = forbidden == " on"
            let found =
                isInAttribute
                ? template.contains(" onclick") || template.contains(" onload") : template.contains(forbidden)
            #expect(!found, "\(forbidden)")
        }
    }

    @Test(arguments: PageDesign.all.map(\.name))
    func `every field has a label, every form posts to its own origin`(_ name: String) throws {
        let template = try #require(PageDesign.all.first { $0.name == name }).template
        for tag in tags("input", in: template) where !tag.contains("type=\"hidden\"") {
            let id = try #require(attribute("id", of: tag))
            #expect(template.contains("<label for=\"\(id)\">"))
            #expect(attribute("autocomplete", of: tag) != nil)
        }
        for tag in tags("form", in: template) {
            #expect(attribute("action", of: tag)?.hasPrefix("{{base}}/") == true)
        }
    }

    @Test(arguments: PagePart.all.map(\.name))
    func `a part chooses the escaping of its own, and stands in more than one page`(_ name: String) throws {
        let part = try #require(PagePart.all.first { $0.name == name })
        #expect(part.template.hasPrefix("{{% CONTENT_TYPE:\(HTMLEscaping.name)}}\n"))
        #expect(PageDesign.all.filter { $0.template.contains("{{> \(name)}}") }.count > 1)
    }

    /// With its parts in place.
    private func whole(_ template: String) -> String {
        PagePart.all.reduce(template) { $0.replacing("{{> \($1.name)}}", with: $1.template) }
    }

    private func names(in template: String, after prefix: String) -> [String] {
        template.split(separator: "{{").compactMap { part in
            guard let tag = part.split(separator: "}}", maxSplits: 1).first, tag.hasPrefix(prefix) else { return nil }
            return String(tag.dropFirst(prefix.count))
        }
    }

    private func places(_ text: String) -> Set<String> {
        let parts = text.split(separator: "{", omittingEmptySubsequences: false).dropFirst()
        return Set(parts.compactMap { $0.split(separator: "}").first.map(String.init) })
    }

    private func tags(_ name: String, in template: String) -> [String] {
        template.split(separator: "<\(name)").dropFirst().map { part in
            // Sections stand inside tags; the tag ends at the first `>` outside of them.
            String(part.prefix { $0 != ">" })
        }
    }

    private func attribute(_ name: String, of tag: String) -> String? {
        tag.split(separator: " \(name)=\"", maxSplits: 1).dropFirst().first?.split(separator: "\"").first.map(
            String.init)
    }
}
