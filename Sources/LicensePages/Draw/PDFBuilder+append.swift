import PDF

extension PDFBuilder {
    /// Adds all objects of `other` under new numbers; gives the new number of `reference`.
    mutating func append(_ other: PDFBuilder, returning reference: PDFReference) -> PDFReference {
        let offset = objects.count
        for object in other.objects { _ = add(PDFBuilder.moved(object, by: offset)) }
        return PDFReference(number: reference.number + offset)
    }

    private static func moved(_ object: PDFObject, by offset: Int) -> PDFObject {
        switch object {
        case .reference(let reference): .reference(PDFReference(number: reference.number + offset))
        case .array(let values): .array(values.map { moved($0, by: offset) })
        case .dictionary(let entries): .dictionary(entries.mapValues { moved($0, by: offset) })
        case .stream(let stream):
            .stream(
                PDFStream(
                    dictionary: stream.dictionary.mapValues { moved($0, by: offset) },
                    encodedBytes: stream.encodedBytes))
        default: object
        }
    }
}
