/// Reads a file once, from its end to its objects; lives inside `PDFFile.init`.
///
/// The order of the steps in `read` is the order of trust: structure before objects, objects before contents.
final class PDFFileReader {
    let bytes: [UInt8]
    let limits: PDFLimits
    var budget: DecodingBudget
    var valuesLeft: Int
    var objectsLeft: Int
    /// How many bytes of objects may still be read. Objects that overlap would be read again and again.
    private var bytesLeft: Int
    /// By offset: every body is read once.
    var bodies: [Int: PDFBody] = [:]
    /// Members of object streams by the offset of the stream: number and object in order.
    var members: [Int: [PDFMember]] = [:]
    /// Members that an entry lists, by the offset of their stream.
    var listedMembers: [Int: Set<Int>] = [:]
    /// Offsets of object streams by number; a number names one stream in the whole file.
    var containers: [Int: Int] = [:]
    /// Values of indirect lengths by offset.
    var lengths: [Int: Int] = [:]
    /// Ranges of cross-reference tables and `startxref … %%EOF`.
    var structure: [Range<Int>] = []
    /// Where `trailer` and `startxref` stand.
    var keywords: Set<Int> = []
    /// Offsets of the streams that are or belong to cross-reference sections.
    var sectionStreams: Set<Int> = []
    /// The newest entry of each number, of the revisions read so far.
    var view: [Int: PDFEntry] = [:]
    /// Above 0 while an object stream is read for the sake of a length.
    var containerDepth = 0

    init(_ bytes: [UInt8], limits: PDFLimits) {
        (self.bytes, self.limits) = (bytes, limits)
        budget = DecodingBudget(limits)
        valuesLeft = limits.values
        objectsLeft = limits.objects
        // Each object once, and each length once more.
        bytesLeft = bytes.count * 2
    }

    /// The revisions, oldest first; afterwards `bodies`, `members` and `view` are filled.
    func read() throws(PDFFault) -> [PDFRevision] {
        guard bytes.count <= limits.fileBytes else { throw .limit("file") }
        try checkHeader()
        let start = try lastCrossReference()
        let sections = try sectionChain(from: start)
        guard sections.allSatisfy({ $0.trailer["Encrypt"] == nil }) else { throw .encrypted }
        let revisions = try layOut(sections)
        for revision in revisions { try load(revision) }
        try checkMembersListed()
        try checkLengthsUnchanged()
        try checkNothingUnlisted()
        try checkStreamTypes()
        if revisions.count > 1 { try checkNothingToRepair(after: revisions[0]) }
        return revisions
    }

    /// `%PDF-` and a version at offset 0 (§7.5.2).
    private func checkHeader() throws(PDFFault) {
        let mark = Array("%PDF-".utf8)
        guard bytes.starts(with: mark), bytes.count > 8, bytes[5] == UInt8(ascii: "1") || bytes[5] == UInt8(ascii: "2"),
            bytes[6] == UInt8(ascii: "."), PDFCharacter.isDigit(bytes[7])
        else { throw .notPDF }
    }

    /// The number of the `startxref` that ends the file (§7.5.5).
    private func lastCrossReference() throws(PDFFault) -> Int {
        var end = bytes.count
        if end > 0, bytes[end - 1] == 0x0A { end -= 1 }
        if end > 0, bytes[end - 1] == 0x0D { end -= 1 }
        guard bytes[..<end].suffix(5).elementsEqual("%%EOF".utf8) else { throw .trailingBytes }
        let keyword = Array("startxref".utf8)
        // 9 letters, at most 12 digits, line ends and the mark.
        let first = max(0, end - 64)
        var start = end - 5 - keyword.count
        while start >= first {
            if bytes[start..<start + keyword.count].elementsEqual(keyword) {
                return try ending(at: start).offset
            }
            start -= 1
        }
        throw .crossReference("no startxref at the end")
    }

    /// Reads `startxref N %%EOF` at or after `position`; records its range.
    func ending(at position: Int) throws(PDFFault) -> (offset: Int, markerEnd: Int, end: Int) {
        var parser = PDFParser(bytes, at: position, limits: limits)
        parser.skipSpace()
        let start = parser.position
        guard parser.take("startxref") else { throw .crossReference("a section is not followed by startxref") }
        parser.skipWhitespace()
        let offset = try parser.unsigned()
        parser.skipWhitespace()
        let mark = parser.position
        guard bytes[mark...].starts(with: "%%EOF".utf8) else { throw .crossReference("startxref without %%EOF") }
        var end = mark + 5
        let markerEnd = end
        if end < bytes.count, bytes[end] == 0x0D { end += 1 }
        if end < bytes.count, bytes[end] == 0x0A { end += 1 }
        guard end > markerEnd || end == bytes.count else { throw .crossReference("%%EOF is not the end of its line") }
        structure.append(start..<end)
        keywords.insert(start)
        return (offset, markerEnd, end)
    }

    /// The body at `offset`, read on first use.
    func body(at offset: Int) throws(PDFFault) -> PDFBody {
        if let body = bodies[offset] { return body }
        guard offset > 0, offset < bytes.count else { throw .crossReference("an entry points outside of the file") }
        let allowed = valuesLeft
        var parser = PDFParser(bytes, at: offset, limits: limits, valuesLeft: allowed)
        let body = try parser.body { (reference) throws(PDFFault) in try self.length(reference) }
        // A length inside an object stream has spent values of its own meanwhile.
        try spendValues(allowed - parser.valuesLeft)
        try spendBytes(body.range.count)
        bodies[offset] = body
        return body
    }

    func spendBytes(_ count: Int) throws(PDFFault) {
        guard count <= bytesLeft else { throw .crossReference("objects overlap") }
        bytesLeft -= count
    }

    func spendValues(_ count: Int) throws(PDFFault) {
        guard count <= valuesLeft else { throw .limit("values in objects") }
        valuesLeft -= count
    }
}

extension PDFParser {
    /// Skips what stands between the words of a section: spaces and line ends. Some readers stumble over other white
    /// space there and begin to repair.
    mutating func skipWhitespace() {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D { position += 1 }
    }
}
