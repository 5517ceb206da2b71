/// A PDF file, read strictly: what is not as ISO 32000-2 has it is refused, never repaired.
///
/// Takes cross-reference tables, cross-reference streams, hybrid and linearized files, object streams and incremental updates.
package struct PDFFile: Sendable {
    package let bytes: [UInt8]
    /// Oldest first.
    package let revisions: [PDFRevision]
    /// Of the newest revision; never empty.
    package let trailer: PDFDictionary
    package let catalog: PDFDictionary
    package let catalogReference: PDFReference
    let limits: PDFLimits
    let current: PDFView
    /// What each revision changed that long-term validation data does not explain; see `RevisionComparison`.
    let changes: [[String]]

    /// Reads a whole file.
    /// - Throws: why the bytes are refused; anything the format does not allow, encryption, and every passed limit.
    package init(parsing bytes: [UInt8], limits: PDFLimits = .standard) throws(PDFFault) {
        let reader = PDFFileReader(bytes, limits: limits)
        let revisions = try reader.read()
        let store = PDFStore(
            bodies: reader.bodies, members: reader.members, containers: reader.containers,
            values: limits.values - reader.valuesLeft)
        guard let newest = revisions.last, let root = newest.trailer["Root"]?.reference else {
            throw .crossReference("trailer without Root")
        }
        let current = PDFView(store: store, entries: reader.view, trailer: newest.trailer)
        guard case .dictionary(let catalog) = current.object(root), catalog["Type"] == .name("Catalog") else {
            throw .structure("no catalog")
        }
        (self.bytes, self.limits, self.revisions, self.current) = (bytes, limits, revisions, current)
        (trailer, self.catalog, catalogReference) = (newest.trailer, catalog, root)
        changes = RevisionComparison.changes(of: revisions, store: store, limits: limits)
    }

    /// The object that `reference` names; `null` when there is none.
    package func resolve(_ reference: PDFReference) -> PDFObject { current.object(reference) }

    /// The object itself, or what it refers to; `null` for `nil`.
    package func resolve(_ object: PDFObject?) -> PDFObject { current.resolve(object) }

    /// A stream's bytes without its filters; image data stays in its image format.
    /// - Throws: `malformed`, `limit` or `unsupported`.
    package func decodedBytes(of stream: PDFStream) throws(PDFFault) -> [UInt8] {
        var budget = DecodingBudget(limits)
        return try decode(stream, &budget)
    }

    func decode(_ stream: PDFStream, _ budget: inout DecodingBudget) throws(PDFFault) -> [UInt8] {
        try PDFFilters.decode(stream, budget: &budget) { current.resolve($0) }
    }
}
