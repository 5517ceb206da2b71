/// Where an object is to be found, by one cross-reference entry (ISO 32000-2 §7.5.4, §7.5.8.3).
enum PDFEntry: Hashable, Sendable {
    case free
    /// Byte offset in the file, and generation.
    case offset(Int, generation: Int)
    /// Number of the object stream, and index in it.
    case compressed(container: Int, index: Int)
}

/// One cross-reference section with its trailer.
struct PDFSection: Sendable {
    /// Where `startxref` or `Prev` points.
    let offset: Int
    /// After the trailer dictionary, or after the stream's `endobj`.
    let end: Int
    let trailer: PDFDictionary
    /// Object 0 is left out.
    let entries: [Int: PDFEntry]
    /// Object numbers of cross-reference streams.
    let streamNumbers: Set<Int>
    let isStream: Bool
}

/// What one saving of the file added: a cross-reference section (two in a linearized file) and its objects.
package struct PDFRevision: Sendable {
    /// The offset that its `startxref` gives.
    package let crossReferenceOffset: Int
    /// After `%%EOF`.
    package let markerEnd: Int
    /// After the line end that follows `%%EOF`, where there is one.
    package let end: Int
    package let trailer: PDFDictionary
    let entries: [Int: PDFEntry]
    let streamNumbers: Set<Int>
    let isStream: Bool
}
