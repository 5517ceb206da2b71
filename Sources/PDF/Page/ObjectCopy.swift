/// Copies objects of a file into a builder under new numbers, each once.
struct ObjectCopy {
    private let file: PDFFile
    /// References to pages become `null`, or the whole page tree would come along.
    private let pages: Set<PDFReference>
    private var numbers: [PDFReference: PDFReference] = [:]
    private var waiting: [PDFReference] = []

    init(file: PDFFile, pages: Set<PDFReference>) {
        (self.file, self.pages) = (file, pages)
    }

    /// `object` with every reference renumbered; what it refers to is copied by `finish`.
    mutating func copied(_ object: PDFObject, into builder: inout PDFBuilder) -> PDFObject {
        switch object {
        case .array(let values): return .array(values.map { copied($0, into: &builder) })
        case .dictionary(let entries): return .dictionary(copied(entries, into: &builder))
        case .stream(let stream):
            let entries = copied(stream.dictionary, into: &builder)
            return .stream(PDFStream(dictionary: entries, encodedBytes: stream.encodedBytes))
        case .reference(let reference):
            if pages.contains(reference) { return .null }
            if let number = numbers[reference] { return .reference(number) }
            let number = builder.reserve()
            numbers[reference] = number
            waiting.append(reference)
            return .reference(number)
        default: return object
        }
    }

    private mutating func copied(_ entries: PDFDictionary, into builder: inout PDFBuilder) -> PDFDictionary {
        var copy: PDFDictionary = [:]
        // In the order of the keys, so that equal files give equal numbers.
        for (key, value) in entries.sorted(by: { $0.key < $1.key }) { copy[key] = copied(value, into: &builder) }
        return copy
    }

    mutating func finish(into builder: inout PDFBuilder) {
        while let reference = waiting.popLast() {
            guard let number = numbers[reference] else { continue }
            builder.set(number, to: copied(file.resolve(reference), into: &builder))
        }
    }
}
