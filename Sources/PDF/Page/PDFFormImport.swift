/// Takes a page of another file over as one form XObject (ISO 32000-2 §8.10).
package enum PDFFormImport {
    /// The page's contents and resources as a form in `builder`, drawn in the page's own coordinates: `BBox` is its MediaBox.
    /// Annotations are not taken over.
    /// - Throws: `structure` when there is no such page or it is incomplete; `unsupported` for a rotated page;
    ///   faults of its streams.
    package static func importPage(
        of file: PDFFile, index: Int, into builder: inout PDFBuilder
    ) throws(PDFFault) -> PDFReference {
        let pages = try file.pages()
        guard pages.indices.contains(index) else { throw .structure("no such page") }
        let page = pages[index].dictionary
        guard file.resolve(page["Rotate"]).integer ?? 0 == 0 else { throw .unsupported("rotated page") }
        let box = (file.resolve(page["MediaBox"]).array ?? []).map { file.resolve($0) }
        guard box.count == 4, box.allSatisfy({ $0.number != nil }) else { throw .structure("page without MediaBox") }
        var copy = ObjectCopy(file: file, pages: Set(pages.map(\.reference)))
        var form = try contents(of: page, in: file)
        form.dictionary["Type"] = .name("XObject")
        form.dictionary["Subtype"] = .name("Form")
        form.dictionary["BBox"] = .array(box)
        form.dictionary["Resources"] = copy.copied(file.resolve(page["Resources"]), into: &builder)
        if let group = page["Group"] { form.dictionary["Group"] = copy.copied(group, into: &builder) }
        copy.finish(into: &builder)
        return builder.add(.stream(form))
    }

    /// One stream is taken as it is encoded; several are decoded and joined by line ends.
    private static func contents(of page: PDFDictionary, in file: PDFFile) throws(PDFFault) -> PDFStream {
        switch file.resolve(page["Contents"]) {
        case .null: return PDFStream(dictionary: [:], encodedBytes: [])
        case .stream(let stream):
            var entries: PDFDictionary = [:]
            for key in ["Filter", "DecodeParms"] {
                if let value = stream.dictionary[key] { entries[key] = file.inlined(value) }
            }
            return PDFStream(dictionary: entries, encodedBytes: stream.encodedBytes)
        case .array:
            var builder = PDFBuilder()
            let joined = builder.addStream(try file.contents(of: page))
            return builder.object(joined)?.stream ?? PDFStream(dictionary: [:], encodedBytes: [])
        default: throw .structure("page contents")
        }
    }
}

extension PDFFile {
    /// A page's content streams decoded, joined by line ends (§7.7.3.3).
    func contents(of page: PDFDictionary) throws(PDFFault) -> [UInt8] {
        var budget = DecodingBudget(limits)
        return try contents(of: page, &budget)
    }

    func contents(of page: PDFDictionary, _ budget: inout DecodingBudget) throws(PDFFault) -> [UInt8] {
        let value = resolve(page["Contents"])
        if value == .null { return [] }
        var joined: [UInt8] = []
        for part in value.array ?? [value] {
            guard case .stream(let stream) = resolve(part) else { throw .structure("page contents") }
            joined += try decode(stream, &budget)
            joined.append(0x0A)
        }
        return joined
    }

    /// A filter or its parameters with the references in them resolved, to a depth of three.
    fileprivate func inlined(_ value: PDFObject, depth: Int = 0) -> PDFObject {
        let value = resolve(value)
        guard depth < 3 else { return value }
        switch value {
        case .array(let values): return .array(values.map { inlined($0, depth: depth + 1) })
        case .dictionary(let entries): return .dictionary(entries.mapValues { inlined($0, depth: depth + 1) })
        default: return value
        }
    }
}
