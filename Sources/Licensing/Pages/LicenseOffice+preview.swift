import PDF
import Primitives

extension LicenseOffice {
    /// The page of a type with sample values and a specimen mark, unsigned: for whoever draws templates.
    ///
    /// - Parameter department: id; `nil` for the first that may issue the type.
    /// - Throws: `IssueRefusal`, `PDFFault`.
    package func preview(type: LicenseType, department: String?) throws -> [UInt8] {
        guard policy.types[type.id] == type else { throw IssueRefusal.unknownType }
        guard let id = department ?? type.departments.first, let issuer = policy.departments[id] else {
            throw IssueRefusal.unknownDepartment
        }
        guard type.departments.contains(id) else { throw IssueRefusal.departmentNotAllowed }
        let production = try production()
        let language = production.language(of: type)
        let specimen = Specimen(
            type: type, department: issuer, authority: policy.authority, language: language, today: clock.now().date,
            qrText: production.address.specimenQRText)
        let page: RenderedPage
        do {
            page = try renderer.render(specimen.content)
        } catch {
            throw IssueRefusal.page(error)
        }
        return try UnsignedPDF(page: page, language: language).bytes(identifier: randomness.bytes(16))
    }
}

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
