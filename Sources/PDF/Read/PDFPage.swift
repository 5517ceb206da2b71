/// A page with the attributes that it inherits (ISO 32000-2 §7.7.3.4) filled in.
package struct PDFPage: Sendable {
    package let reference: PDFReference
    package let dictionary: PDFDictionary
}

extension PDFFile {
    /// All pages in order.
    /// - Throws: `structure` for a page tree that is a loop, counts wrongly or holds anything else; `limit`.
    package func pages() throws(PDFFault) -> [PDFPage] {
        try current.pages(limits)
    }
}

extension PDFView {
    private static let inheritable = ["Resources", "MediaBox", "CropBox", "Rotate"]

    func pages(_ limits: PDFLimits) throws(PDFFault) -> [PDFPage] {
        guard let root = catalog["Pages"]?.reference else { throw .structure("catalog without Pages") }
        var pages: [PDFPage] = []
        var visited: Set<PDFReference> = []
        var open: [(reference: PDFReference, inherited: PDFDictionary, depth: Int)] = [(root, [:], 0)]
        while let node = open.popLast() {
            guard visited.insert(node.reference).inserted else { throw .structure("page tree is a loop") }
            guard node.depth <= limits.nesting, visited.count <= limits.pages * 2 else { throw .limit("page tree") }
            guard case .dictionary(let entries) = object(node.reference) else { throw .structure("page tree") }
            var inherited = node.inherited
            for key in PDFView.inheritable { if let value = entries[key] { inherited[key] = value } }
            switch entries["Type"] {
            case .name("Page"):
                guard pages.count < limits.pages else { throw .limit("pages") }
                let whole = entries.merging(inherited) { own, _ in own }
                pages.append(PDFPage(reference: node.reference, dictionary: whole))
            case .name("Pages"):
                for kid in resolve(entries["Kids"]).array?.reversed() ?? [] {
                    guard let reference = kid.reference else { throw .structure("page tree") }
                    open.append((reference, inherited, node.depth + 1))
                }
                guard open.count <= limits.pages * 2 else { throw .limit("page tree") }
            default: throw .structure("page tree")
            }
        }
        guard resolve(resolve(.reference(root)).dictionary?["Count"]).integer == pages.count else {
            throw .structure("page tree counts its pages wrongly")
        }
        return pages
    }
}
