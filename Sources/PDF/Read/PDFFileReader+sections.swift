extension PDFFileReader {
    /// All sections by their `Prev` chain, newest first.
    func sectionChain(from start: Int) throws(PDFFault) -> [PDFSection] {
        var sections: [PDFSection] = []
        var visited: Set<Int> = []
        var next: Int? = start
        while let offset = next {
            guard visited.insert(offset).inserted else { throw .crossReference("Prev chain is a loop") }
            guard sections.count < limits.sections else { throw .limit("cross-reference sections") }
            let section = try section(at: offset)
            sections.append(section)
            switch section.trailer["Prev"] {
            case nil: next = nil
            case .integer(let previous) where previous >= 0: next = previous
            default: throw .crossReference("Prev is no offset")
            }
        }
        return sections
    }

    private func section(at offset: Int) throws(PDFFault) -> PDFSection {
        guard offset > 0, offset < bytes.count else { throw .crossReference("section outside of the file") }
        if bytes[offset] == UInt8(ascii: "x") { return try tableSection(at: offset) }
        let body = try body(at: offset)
        guard case .stream(let stream) = body.object else { throw .crossReference("startxref points at no section") }
        sectionStreams.insert(offset)
        return PDFSection(
            offset: offset, end: body.range.upperBound, trailer: stream.dictionary,
            entries: try entries(of: stream), streamNumbers: [body.reference.number], isStream: true)
    }

    /// A classic table (§7.5.4), with the stream of a hybrid file (§7.5.8.4).
    private func tableSection(at offset: Int) throws(PDFFault) -> PDFSection {
        var parser = PDFParser(bytes, at: offset, limits: limits)
        try parser.expect("xref")
        var entries: [Int: PDFEntry] = [:]
        while true {
            parser.skipWhitespace()
            let word = parser.position
            if parser.take("trailer") {
                keywords.insert(word)
                break
            }
            try subsection(&parser, into: &entries)
        }
        parser.skipSpace()
        guard case .dictionary(let trailer) = try parser.object() else { throw .crossReference("no trailer") }
        try spendValues(limits.values - parser.valuesLeft)
        structure.append(offset..<parser.position)
        try checkSize(trailer, entries)
        let numbers = try addHybrid(trailer["XRefStm"], before: offset, to: &entries)
        return PDFSection(
            offset: offset, end: parser.position, trailer: trailer, entries: entries, streamNumbers: numbers,
            isStream: false)
    }

    /// The entries of a hybrid file's stream; the number of the stream.
    private func addHybrid(
        _ place: PDFObject?, before offset: Int, to entries: inout [Int: PDFEntry]
    ) throws(PDFFault) -> Set<Int> {
        guard let place else { return [] }
        // Beyond its section it could be put there after the section was signed.
        guard let position = place.integer, position < offset else {
            throw .crossReference("XRefStm is no offset before its table")
        }
        let body = try body(at: position)
        guard case .stream(let stream) = body.object else { throw .crossReference("XRefStm points at no stream") }
        sectionStreams.insert(position)
        for (number, hidden) in try self.entries(of: stream) {
            // What the table hides as free is found in the stream; what both have in use must be the same.
            guard entries[number, default: .free] == .free || entries[number] == hidden else {
                throw .crossReference("table and stream of a hybrid section differ")
            }
            entries[number] = hidden
        }
        return [body.reference.number]
    }

    /// `first count` and that many lines of exactly 20 bytes.
    private func subsection(_ parser: inout PDFParser, into entries: inout [Int: PDFEntry]) throws(PDFFault) {
        let first = try parser.unsigned()
        parser.skipWhitespace()
        let count = try parser.unsigned()
        while parser.byte == 0x20 { parser.position += 1 }
        if parser.byte == 0x0D { parser.position += 1 }
        if parser.byte == 0x0A { parser.position += 1 }
        guard count <= (parser.end - parser.position) / 20 else { throw .crossReference("table is cut off") }
        try spendObjects(count, highest: first)
        for index in 0..<count {
            let line = bytes[parser.position..<parser.position + 20]
            try add(try PDFFileReader.entry(line), for: first + index, to: &entries)
            parser.position += 20
        }
    }

    /// `nnnnnnnnnn ggggg n` and two bytes of line end.
    private static func entry(_ slice: ArraySlice<UInt8>) throws(PDFFault) -> PDFEntry {
        let line = Array(slice)
        let fault = PDFFault.malformed("line of a cross-reference table", offset: slice.startIndex)
        let ends: [[UInt8]] = [[0x20, 0x0D], [0x20, 0x0A], [0x0D, 0x0A]]
        guard line.count == 20, line[10] == 0x20, line[16] == 0x20, ends.contains(Array(line[18...])) else {
            throw fault
        }
        var numbers = [0, 0]
        for index in 0..<16 where index != 10 {
            guard PDFCharacter.isDigit(line[index]) else { throw fault }
            let part = index < 10 ? 0 : 1
            numbers[part] = numbers[part] * 10 + Int(line[index] - 0x30)
        }
        switch line[17] {
        case UInt8(ascii: "n"): return .offset(numbers[0], generation: numbers[1])
        case UInt8(ascii: "f"): return .free
        default: throw fault
        }
    }

    /// The entries of a cross-reference stream (§7.5.8.3).
    private func entries(of stream: PDFStream) throws(PDFFault) -> [Int: PDFEntry] {
        guard stream.dictionary["Type"] == .name("XRef") else { throw .crossReference("stream of another type") }
        let widths = (stream.dictionary["W"]?.array ?? []).map { $0.integer ?? -1 }
        // No writer needs more than a byte for the type, and not every reader takes more.
        guard widths.count == 3, widths.allSatisfy({ (0...8).contains($0) }), widths[0] <= 1, widths[1] > 0 else {
            throw .crossReference("widths of a stream")
        }
        let size = stream.dictionary["Size"]?.integer ?? -1
        let index = (stream.dictionary["Index"] ?? .array([.integer(0), .integer(size)])).array ?? []
        let numbers = index.map { $0.integer ?? -1 }
        guard numbers.count % 2 == 0, numbers.allSatisfy({ $0 >= 0 }) else { throw .crossReference("Index") }
        let data = try PDFFilters.decode(stream, budget: &budget) { $0 }
        var entries: [Int: PDFEntry] = [:]
        var position = 0
        let row = widths.reduce(0, +)
        for pair in stride(from: 0, to: numbers.count, by: 2) {
            guard numbers[pair + 1] <= (data.count - position) / row else { throw .crossReference("stream is cut off") }
            try spendObjects(numbers[pair + 1], highest: numbers[pair])
            for offset in 0..<numbers[pair + 1] {
                let entry = try PDFFileReader.entry(data[position..<position + row], widths: widths)
                try add(entry, for: numbers[pair] + offset, to: &entries)
                position += row
            }
        }
        guard position == data.count else { throw .crossReference("stream is longer than its Index") }
        try checkSize(stream.dictionary, entries)
        return entries
    }

    private static func entry(_ row: ArraySlice<UInt8>, widths: [Int]) throws(PDFFault) -> PDFEntry {
        var rest = row
        var fields: [Int] = []
        for width in widths {
            let value = rest.prefix(width).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard let field = Int(exactly: value) else { throw .crossReference("entry out of range") }
            fields.append(field)
            rest = rest.dropFirst(width)
        }
        switch widths[0] == 0 ? 1 : fields[0] {
        case 0: return .free
        case 1: return .offset(fields[1], generation: fields[2])
        case 2: return .compressed(container: fields[1], index: fields[2])
        default: throw .crossReference("entry of an unknown type")
        }
    }

    private func add(_ entry: PDFEntry, for number: Int, to entries: inout [Int: PDFEntry]) throws(PDFFault) {
        guard number > 0 else {
            guard entry == .free else { throw .crossReference("object 0 is in use") }
            return
        }
        guard entries.updateValue(entry, forKey: number) == nil else {
            throw .crossReference("a section lists an object twice")
        }
    }

    private func checkSize(_ trailer: PDFDictionary, _ entries: [Int: PDFEntry]) throws(PDFFault) {
        guard let size = trailer["Size"]?.integer, (entries.keys.max() ?? 0) < size, size - 1 <= limits.objectNumber
        else {
            throw .crossReference("Size does not fit the entries")
        }
    }

    private func spendObjects(_ count: Int, highest first: Int) throws(PDFFault) {
        guard count <= objectsLeft, first <= limits.objectNumber - count else { throw .limit("objects") }
        objectsLeft -= count
    }
}
