import Primitives

/// Writes indirect objects one after the other and remembers where each begins.
struct PDFObjectWriter {
    private(set) var bytes: [UInt8]
    private(set) var offsets: [PDFReference: Int] = [:]
    /// Entries of objects that no longer exist.
    private var freed: Set<PDFReference> = []

    init(after bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func write(_ object: PDFObject, as reference: PDFReference) {
        begin(reference)
        PDFSerializer.append(object, to: &bytes)
        bytes += Array("\nendobj\n".utf8)
    }

    /// Writes a signature dictionary whose `ByteRange` and `Contents` are filled in later.
    mutating func writeSignature(
        _ entries: PDFDictionary, reservedBytes: Int, as reference: PDFReference
    ) -> SignatureSlots {
        begin(reference)
        bytes += Array("<<".utf8)
        var slots = SignatureSlots(byteRange: 0..<0, contents: 0..<0)
        for key in (entries.keys + ["ByteRange", "Contents"]).sorted() {
            PDFSerializer.appendName(key, to: &bytes)
            bytes.append(0x20)
            let start = bytes.count
            if key == "ByteRange" {
                bytes += SignatureSlots.byteRangeText([0, 0, 0, 0])
                slots.byteRange = start..<bytes.count
            } else if key == "Contents" {
                bytes.append(UInt8(ascii: "<"))
                bytes += [UInt8](repeating: 0x30, count: reservedBytes * 2)
                bytes.append(UInt8(ascii: ">"))
                slots.contents = start..<bytes.count
            } else if let value = entries[key] {
                PDFSerializer.append(value, to: &bytes)
            }
        }
        bytes += Array(">>\nendobj\n".utf8)
        return slots
    }

    mutating func free(_ reference: PDFReference) {
        freed.insert(reference)
    }

    /// Ends the file with a cross-reference table (ISO 32000-2 §7.5.4) and a trailer.
    /// `wholeFile` adds the head of the free list, which an update does not repeat.
    mutating func finishWithTable(trailer: PDFDictionary, wholeFile: Bool) {
        let start = bytes.count
        bytes += Array("xref\n".utf8)
        var lines: [(number: Int, text: String)] = wholeFile ? [(0, "0000000000 65535 f \n")] : []
        for (reference, offset) in offsets {
            lines.append((reference.number, "\(offset.padded(10)) \(reference.generation.padded(5)) n \n"))
        }
        for reference in freed {
            lines.append((reference.number, "0000000000 \((reference.generation + 1).padded(5)) f \n"))
        }
        lines.sort { $0.number < $1.number }
        for run in PDFObjectWriter.runs(lines.map(\.number)) {
            bytes += Array("\(lines[run.lowerBound].number) \(run.count)\n".utf8)
            for line in lines[run] { bytes += Array(line.text.utf8) }
        }
        bytes += Array("trailer\n".utf8)
        PDFSerializer.append(.dictionary(trailer), to: &bytes)
        finish(startingAt: start)
    }

    /// Ends the file with a cross-reference stream (ISO 32000-2 §7.5.8), which takes the object number `number`.
    mutating func finishWithStream(trailer: PDFDictionary, number: Int) {
        let start = bytes.count
        offsets[PDFReference(number: number)] = start
        var rows: [(number: Int, type: Int, offset: Int, generation: Int)] = []
        for (reference, offset) in offsets { rows.append((reference.number, 1, offset, reference.generation)) }
        for reference in freed { rows.append((reference.number, 0, 0, reference.generation + 1)) }
        rows.sort { $0.number < $1.number }
        var data: [UInt8] = []
        for row in rows {
            data.append(UInt8(truncatingIfNeeded: row.type))
            for shift in [24, 16, 8, 0] { data.append(UInt8(truncatingIfNeeded: row.offset >> shift)) }
            for shift in [8, 0] { data.append(UInt8(truncatingIfNeeded: row.generation >> shift)) }
        }
        var entries = trailer
        entries["Type"] = .name("XRef")
        entries["W"] = .array([.integer(1), .integer(4), .integer(2)])
        entries["Index"] = .array(
            PDFObjectWriter.runs(rows.map(\.number)).flatMap { run in
                [.integer(rows[run.lowerBound].number), .integer(run.count)]
            })
        bytes += Array("\(number) 0 obj\n".utf8)
        PDFSerializer.append(.stream(PDFStream(dictionary: entries, encodedBytes: data)), to: &bytes)
        bytes += Array("\nendobj".utf8)
        finish(startingAt: start)
    }

    private mutating func begin(_ reference: PDFReference) {
        offsets[reference] = bytes.count
        bytes += Array("\(reference.number) \(reference.generation) obj\n".utf8)
    }

    private mutating func finish(startingAt start: Int) {
        bytes += Array("\nstartxref\n\(start)\n%%EOF\n".utf8)
    }

    /// Index ranges of `numbers` (ascending) whose members follow one another without a hole.
    private static func runs(_ numbers: [Int]) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for index in numbers.indices {
            if let last = runs.last, numbers[index] == numbers[index - 1] + 1 {
                runs[runs.count - 1] = last.lowerBound..<index + 1
            } else {
                runs.append(index..<index + 1)
            }
        }
        return runs
    }
}
