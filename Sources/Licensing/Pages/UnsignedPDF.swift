import PDF

/// A page as a file that claims nothing: no signature field, no credential.
struct UnsignedPDF {
    let page: RenderedPage
    let language: String

    func bytes(identifier: [UInt8]) throws(PDFFault) -> [UInt8] {
        var builder = page.builder
        let tree = builder.reserve()
        for reference in page.pages {
            guard case .dictionary(var entries)? = builder.object(reference) else { throw .draft("a page is missing") }
            entries["Parent"] = .reference(tree)
            builder.set(reference, to: .dictionary(entries))
        }
        let kids = page.pages.map { PDFObject.reference($0) }
        builder.set(
            tree,
            to: .dictionary(["Type": .name("Pages"), "Count": .integer(kids.count), "Kids": .array(kids)]))
        let root = builder.add(
            .dictionary([
                "Type": .name("Catalog"), "Pages": .reference(tree), "Lang": .string(PDFText.encode(language)),
            ]))
        return try PDFWriter.bytes(of: builder, root: root, identifier: identifier)
    }
}
