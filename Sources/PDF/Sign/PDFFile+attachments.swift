import Primitives

extension PDFFile {
    /// The files that `Names/EmbeddedFiles` lists, in the order of the tree, decoded.
    /// - Throws: `structure` for a tree that is a loop or holds anything else; `limit`; faults of the streams.
    package func attachments() throws(PDFFault) -> [PDFAttachment] {
        var budget = DecodingBudget(limits)
        var attachments: [PDFAttachment] = []
        for value in try embeddedFiles() {
            guard case .dictionary(let specification) = resolve(value),
                let embedded = resolve(specification["EF"]).dictionary,
                case .stream(let stream) = resolve(embedded["UF"] ?? embedded["F"])
            else { throw .structure("attachment without its stream") }
            attachments.append(try attachment(specification, stream, &budget))
        }
        return attachments
    }

    private func attachment(
        _ specification: PDFDictionary, _ stream: PDFStream, _ budget: inout DecodingBudget
    ) throws(PDFFault) -> PDFAttachment {
        func text(_ key: String) -> String? { resolve(specification[key]).string.map { PDFText.decode($0) } }
        guard let name = text("UF") ?? text("F") else { throw .structure("attachment without a name") }
        let parameters = resolve(stream.dictionary["Params"]).dictionary ?? [:]
        let date = resolve(parameters["ModDate"]).string.flatMap { PDFDate.read(PDFText.decode($0)) }
        return PDFAttachment(
            name: name, mimeType: resolve(stream.dictionary["Subtype"]).name ?? "",
            description: text("Desc") ?? "", bytes: try decode(stream, &budget),
            relationship: resolve(specification["AFRelationship"]).name ?? "Unspecified",
            modifiedAt: date ?? Instant(millisecondsSinceEpoch: 0))
    }

    /// The values of the name tree (§7.9.6).
    private func embeddedFiles() throws(PDFFault) -> [PDFObject] {
        guard let tree = resolve(catalog["Names"]).dictionary?["EmbeddedFiles"] else { return [] }
        var values: [PDFObject] = []
        var visited: Set<PDFReference> = []
        var open = [tree]
        while let node = open.popLast() {
            if let reference = node.reference, !visited.insert(reference).inserted {
                throw .structure("name tree is a loop")
            }
            guard case .dictionary(let entries) = resolve(node) else { throw .structure("name tree") }
            let names = resolve(entries["Names"]).array ?? []
            guard names.count % 2 == 0 else { throw .structure("name tree") }
            for index in stride(from: 1, to: names.count, by: 2) { values.append(names[index]) }
            open += (resolve(entries["Kids"]).array ?? []).reversed()
            guard values.count <= limits.attachments, open.count + visited.count <= 4 * limits.attachments else {
                throw .limit("attachments")
            }
        }
        return values
    }
}
