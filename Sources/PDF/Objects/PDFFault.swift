/// Why bytes are refused as a PDF document, or a draft cannot become one. Holds no content of the document.
package enum PDFFault: Error, Hashable, Sendable {
    /// No `%PDF-` at offset 0.
    case notPDF
    /// A bound of `PDFLimits` was passed; names the bound.
    case limit(String)
    /// A token, object or stream is not as ISO 32000-2 §7 has it.
    case malformed(String, offset: Int)
    /// Cross-reference sections, trailers or `startxref` do not fit the file.
    case crossReference(String)
    /// Bytes that belong to no object listed by a cross-reference section.
    case unlistedBytes(offset: Int)
    /// Bytes after the last `%%EOF`.
    case trailingBytes
    case encrypted
    /// Well formed, but outside of what this reader takes.
    case unsupported(String)
    /// Catalog, page tree, name tree, form or content stream are not as they must be.
    case structure(String)
    /// A signature dictionary is not as PAdES has it (ETSI EN 319 142-1 §5).
    case signature(String)
    /// A draft or update that cannot be written.
    case draft(String)
}

extension PDFFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notPDF: "no PDF header at the start of the file"
        case .limit(let what): "too large: \(what)"
        case .malformed(let what, let offset): "malformed at byte \(offset): \(what)"
        case .crossReference(let what): "cross-reference: \(what)"
        case .unlistedBytes(let offset): "bytes at \(offset) belong to no listed object"
        case .trailingBytes: "bytes after the last %%EOF"
        case .encrypted: "the file is encrypted"
        case .unsupported(let what): "not supported: \(what)"
        case .structure(let what): "document structure: \(what)"
        case .signature(let what): "signature dictionary: \(what)"
        case .draft(let what): "draft: \(what)"
        }
    }
}
