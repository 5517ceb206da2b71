/// An indirect object as it stands in the file.
struct PDFBody: Sendable {
    let reference: PDFReference
    let object: PDFObject
    /// From its number to the end of `endobj`.
    let range: Range<Int>
    /// A stream's `Length` where it is indirect.
    let length: PDFReference?
}

extension PDFParser {
    /// `N G obj`, the position at the number.
    mutating func objectHeader() throws(PDFFault) -> PDFReference {
        guard let digit = byte, PDFCharacter.isDigit(digit) else { throw fault("object number expected") }
        let number = try unsigned()
        skipSpace()
        let generation = try unsigned()
        skipSpace()
        try expect("obj")
        return PDFReference(number: number, generation: generation)
    }

    /// `N G obj … endobj`, with a stream's bytes. `length` gives the value of an indirect `Length`.
    mutating func body(length: (PDFReference) throws(PDFFault) -> Int) throws(PDFFault) -> PDFBody {
        let start = position
        let reference = try objectHeader()
        var object = try object()
        var lengthReference: PDFReference?
        skipSpace()
        if case .dictionary(let entries) = object, take("stream") {
            object = .stream(try stream(entries, length: length))
            lengthReference = entries["Length"]?.reference
            skipSpace()
        }
        try expect("endobj")
        return PDFBody(reference: reference, object: object, range: start..<position, length: lengthReference)
    }

    /// The bytes after `stream` (§7.3.8): one line end, `Length` bytes, at most one line end, `endstream`.
    private mutating func stream(
        _ entries: PDFDictionary, length: (PDFReference) throws(PDFFault) -> Int
    ) throws(PDFFault) -> PDFStream {
        if byte == 0x0D, nextByte == 0x0A {
            position += 2
        } else if byte == 0x0A {
            position += 1
        } else {
            throw fault("line end after stream")
        }
        let count: Int
        switch entries["Length"] {
        case .integer(let value): count = value
        case .reference(let reference): count = try length(reference)
        default: throw fault("stream without Length")
        }
        guard count >= 0, count <= end - position else { throw fault("stream longer than the file") }
        guard entries["F"] == nil else { throw .unsupported("stream in another file") }
        let data = Array(bytes[position..<position + count])
        position += count
        if byte == 0x0D { position += 1 }
        if byte == 0x0A { position += 1 }
        try expect("endstream")
        var kept = entries
        kept["Length"] = nil
        return PDFStream(dictionary: kept, encodedBytes: data)
    }
}
