import Primitives

/// Serialises everything that pages draw, so that two files with equal results draw the same.
///
/// Every value is a tag, its size and its bytes, so that different graphs never give the same bytes. Indirect objects are
/// numbered in the order in which they are met: object numbers, stream lengths and the order in the file do not matter.
struct PageDigester {
    private let object: (PDFReference) -> PDFObject
    private var numbers: [PDFReference: Int] = [:]
    private var waiting: [PDFReference] = []
    /// What is hashed, in order; streams are shared with the file, not copied.
    private var parts: [ArraySlice<UInt8>] = []
    private var text: [UInt8] = []

    /// Entries of a page that draw nothing or lead away from it.
    private static let skipped: Set<String> = [
        "Parent", "StructParents", "Metadata", "PieceInfo", "LastModified", "Annots",
    ]

    init(object: @escaping (PDFReference) -> PDFObject) {
        self.object = object
    }

    /// Entries of the catalog that draw nothing, or of which another part counts.
    private static let skippedOfCatalog: Set<String> = [
        "Type", "Version", "Extensions", "Pages", "Names", "AcroForm", "Lang", "Metadata", "ViewerPreferences", "AF",
        "DSS", "Perms", "StructTreeRoot", "MarkInfo",
    ]

    /// Adds pages (inherited attributes filled in) and what in the catalog has a say in what is shown: layers, actions
    /// and scripts, a form drawn anew by the reader, a cover page.
    mutating func add(pages: [PDFPage], catalog: PDFDictionary) {
        put("P", pages.count)
        for page in pages where numbers[page.reference] == nil { numbers[page.reference] = numbers.count }
        for page in pages {
            var entries = page.dictionary.filter { !PageDigester.skipped.contains($0.key) }
            let annotations = drawnAnnotations(page.dictionary["Annots"])
            if !annotations.isEmpty { entries["Annots"] = .array(annotations) }
            put(.dictionary(entries), depth: 0)
        }
        put(shown(of: catalog), depth: 0)
        finish()
    }

    private func shown(of catalog: PDFDictionary) -> PDFDictionary {
        var entries = catalog.filter { !PageDigester.skippedOfCatalog.contains($0.key) }
        var form = (resolve(catalog["AcroForm"]).dictionary ?? [:]).filter { $0.key != "SigFlags" }
        // Some readers draw the widgets of the form whether a page lists them or not.
        let fields = (resolve(form["Fields"]).array ?? []).filter { !isPlainSignature($0) }
        form["Fields"] = fields.isEmpty ? nil : .array(fields)
        if !form.isEmpty { entries["AcroForm"] = .dictionary(form) }
        let names = (resolve(catalog["Names"]).dictionary ?? [:]).filter { $0.key != "EmbeddedFiles" }
        if !names.isEmpty { entries["Names"] = .dictionary(names) }
        return entries
    }

    func digest(_ hashing: any Hashing) -> Digest {
        hashing.sha256(parts + [text[...]])
    }

    /// The objects met on the way, each once, in the order in which they were met.
    private mutating func finish() {
        var next = 0
        while next < waiting.count {
            put(object(waiting[next]), depth: 0)
            next += 1
        }
    }

    /// Without the widgets of signatures that show nothing, or signing would change the digest.
    private func drawnAnnotations(_ list: PDFObject?) -> [PDFObject] {
        (resolve(list).array ?? []).filter { resolve($0) != .null && !isPlainSignature($0) }
    }

    /// A signature's field that neither shows nor does anything: any other entry, as an action, an appearance or a
    /// parent to inherit from, makes it count.
    private func isPlainSignature(_ field: PDFObject) -> Bool {
        guard let entries = resolve(field).dictionary, entries["FT"] == .name("Sig"),
            entries["Subtype"] ?? .name("Widget") == .name("Widget")
        else { return false }
        let harmless: Set<String> = ["Type", "Subtype", "FT", "T", "TU", "V", "F", "Ff", "P", "Rect"]
        return Set(entries.keys).isSubset(of: harmless) && (entries["Rect"] == nil || isEmpty(entries["Rect"]))
    }

    private func isEmpty(_ rectangle: PDFObject?) -> Bool {
        let numbers = (resolve(rectangle).array ?? []).compactMap { resolve($0).number }
        return numbers.count == 4 && (numbers[0] == numbers[2] || numbers[1] == numbers[3])
    }

    private func resolve(_ value: PDFObject?) -> PDFObject {
        var current = value ?? .null
        for _ in 0..<16 {
            guard case .reference(let reference) = current else { return current }
            current = object(reference)
        }
        return .null
    }

    private mutating func put(_ value: PDFObject, depth: Int) {
        // Files are bounded by their reader; this bounds drafts.
        guard depth <= 256 else { return put("!", depth) }
        switch value {
        case .null: put("n", 0)
        case .boolean(let flag): put("b", flag ? 1 : 0)
        case .integer(let number): put("i", number)
        case .real(let number): put("r", Int(truncatingIfNeeded: number.bitPattern))
        case .name(let name): put("N", bytes: PDFCharacter.nameBytes(name))
        case .string(let string): put("S", bytes: string)
        case .array(let values):
            put("A", values.count)
            for value in values { put(value, depth: depth + 1) }
        case .dictionary(let entries): put(entries, depth: depth)
        case .stream(let stream):
            put("B", stream.encodedBytes.count)
            put(stream.dictionary.filter { $0.key != "Length" }, depth: depth)
            parts.append(text[...])
            parts.append(stream.encodedBytes[...])
            text = []
        case .reference(let reference): put(reference)
        }
    }

    /// An entry whose value is null is the same as no entry (ISO 32000-2 §7.3.7).
    private mutating func put(_ entries: PDFDictionary, depth: Int) {
        let present = entries.filter { resolve($0.value) != .null }.sorted { $0.key < $1.key }
        put("D", present.count)
        for (key, value) in present {
            put("N", bytes: PDFCharacter.nameBytes(key))
            put(value, depth: depth + 1)
        }
    }

    private mutating func put(_ reference: PDFReference) {
        if let number = numbers[reference] { return put("R", number) }
        let number = numbers.count
        numbers[reference] = number
        waiting.append(reference)
        put("R", number)
    }

    private mutating func put(_ tag: Unicode.Scalar, bytes: [UInt8]) {
        put(tag, bytes.count)
        text += bytes
    }

    /// A tag and eight bytes, the highest first.
    private mutating func put(_ tag: Unicode.Scalar, _ number: Int) {
        text.append(UInt8(truncatingIfNeeded: tag.value))
        for shift in stride(from: 56, through: 0, by: -8) { text.append(UInt8(truncatingIfNeeded: number >> shift)) }
    }
}
