import Licensing
import PDF
import Primitives
import Synchronization

/// Pages of one line each. Refuses what a real renderer would: U+2A6A5 has no glyph, a field of over 60 characters has no room.
final class PlainPages: PageRenderer {
    private let rendered: Mutex<[PageContent]> = Mutex([])
    private let refusal: Mutex<PageRefusal?> = Mutex(nil)

    /// Refuses every page from now on, as after a change of templates or fonts; `nil` draws again.
    func refuse(_ refusal: PageRefusal?) { self.refusal.withLock { $0 = refusal } }

    /// Everything asked for, in order.
    var contents: [PageContent] { rendered.withLock { $0 } }

    func render(_ content: PageContent) throws(PageRefusal) -> RenderedPage {
        rendered.withLock { $0.append(content) }
        if let refusal = refusal.withLock({ $0 }) { throw refusal }
        for holder in content.holders where holder.name.unicodeScalars.contains("\u{2A6A5}") {
            throw .noGlyph(field: "holder.name", character: "\u{2A6A5}")
        }
        for case (let name, .text(let text)) in content.values where text.count > 60 { throw .doesNotFit(field: name) }
        var builder = PDFBuilder()
        let font = builder.add(
            .dictionary([
                "Type": .name("Font"), "Subtype": .name("Type1"), "BaseFont": .name("Helvetica"),
                "Encoding": .name("WinAnsiEncoding"),
            ]))
        let mark = content.isSpecimen ? "SPECIMEN " : ""
        let text = "BT /F 10 Tf 40 500 Td (\(mark)\(content.number)) Tj ET"
        let contents = builder.addStream(Array("/ChanceryField <</Name (number)>> BDC \(text) EMC".utf8))
        let page = builder.add(
            .dictionary([
                "Type": .name("Page"), "Contents": .reference(contents),
                "MediaBox": .array([0, 0, 595, 842].map { .integer($0) }),
                "Resources": .dictionary(["Font": .dictionary(["F": .reference(font)])]),
            ]))
        return RenderedPage(builder: builder, pages: [page])
    }
}
