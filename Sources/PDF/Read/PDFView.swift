/// All objects that stand in a file, of every revision.
struct PDFStore: Sendable {
    /// By offset.
    let bodies: [Int: PDFBody]
    /// Of object streams, by the offset of the stream.
    let members: [Int: [PDFMember]]
    /// Offsets of object streams by number.
    let containers: [Int: Int]
    /// How many values all objects hold.
    let values: Int

    func object(_ entry: PDFEntry) -> PDFObject {
        switch entry {
        case .free: return .null
        case .offset(let offset, _): return bodies[offset]?.object ?? .null
        case .compressed(let container, let index):
            guard let offset = containers[container], let list = members[offset], list.indices.contains(index) else {
                return .null
            }
            return list[index].object
        }
    }
}

/// The document as it stood after one revision.
struct PDFView: Sendable {
    let store: PDFStore
    var entries: [Int: PDFEntry] = [:]
    var trailer: PDFDictionary = [:]

    /// `null` for what is not there (ISO 32000-2 §7.3.10).
    func object(_ reference: PDFReference) -> PDFObject {
        guard let entry = entries[reference.number] else { return .null }
        if case .offset(_, let generation) = entry {
            guard generation == reference.generation else { return .null }
        } else if reference.generation != 0 {
            return .null
        }
        return store.object(entry)
    }

    /// The object itself, or what it refers to; a chain of more than 16 references is `null`.
    func resolve(_ object: PDFObject?) -> PDFObject {
        var current = object ?? .null
        for _ in 0..<16 {
            guard case .reference(let reference) = current else { return current }
            current = self.object(reference)
        }
        return .null
    }

    var catalog: PDFDictionary { resolve(trailer["Root"]).dictionary ?? [:] }

    /// Lays a revision over this view.
    mutating func apply(_ revision: PDFRevision) {
        entries.merge(revision.entries) { _, new in new }
        trailer = revision.trailer
    }
}
