/// A file put together by hand, right or wrong.
struct RawPDF {
    var bytes = Array("%PDF-1.7\n".utf8)
    /// Of the objects added since the last section.
    private(set) var offsets: [Int: Int] = [:]
    var lastSection: Int?

    mutating func add(_ text: String) {
        bytes += Array(text.utf8)
    }

    mutating func object(_ number: Int, _ text: String) {
        offsets[number] = bytes.count
        add("\(number) 0 obj\n\(text)\nendobj\n")
    }

    mutating func stream(_ number: Int, _ entries: String = "", _ data: [UInt8], length: String? = nil) {
        offsets[number] = bytes.count
        add("\(number) 0 obj\n<<\(entries) /Length \(length ?? String(data.count))>>\nstream\n")
        bytes += data
        add("\nendstream\nendobj\n")
    }

    /// Catalog, page tree and one empty page as objects 1 to 3.
    mutating func emptyPage(_ more: String = "") {
        object(1, "<</Type /Catalog /Pages 2 0 R>>")
        object(2, "<</Type /Pages /Count 1 /Kids [3 0 R]>>")
        object(3, "<</Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] /Resources <<>> \(more)>>")
    }

    mutating func table(_ trailer: String = "/Root 1 0 R /Size 20", also more: [Int: String] = [:]) {
        let start = bytes.count
        add("xref\n")
        if lastSection == nil { add("0 1\n0000000000 65535 f \n") }
        var lines = offsets.mapValues { "\(digits($0, 10)) 00000 n" }
        lines.merge(more) { $1 }
        for (number, line) in lines.sorted(by: { $0.key < $1.key }) { add("\(number) 1\n\(line) \n") }
        add("trailer\n<<\(trailer)\(lastSection.map { " /Prev \($0)" } ?? "")>>\n")
        end(start)
    }

    /// Rows of one byte type, four bytes offset, one byte generation or index.
    mutating func crossReferenceStream(_ number: Int, compressed: [Int: (container: Int, index: Int)] = [:]) {
        let start = bytes.count
        offsets[number] = start
        var rows = offsets.mapValues { RawPDF.row(1, $0, 0) }
        for (member, place) in compressed { rows[member] = RawPDF.row(2, place.container, place.index) }
        let sorted = rows.sorted { $0.key < $1.key }
        let index = sorted.map { "\($0.key) 1" }.joined(separator: " ")
        let entries = "/Type /XRef /W [1 4 1] /Index [\(index)] /Root 1 0 R /Size 20"
        let previous = lastSection.map { " /Prev \($0)" } ?? ""
        let keptOffsets = offsets
        stream(number, entries + previous, sorted.flatMap(\.value))
        offsets = keptOffsets
        end(start)
    }

    private static func row(_ type: UInt8, _ offset: Int, _ last: Int) -> [UInt8] {
        [type] + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: offset >> $0) } + [UInt8(truncatingIfNeeded: last)]
    }

    private mutating func end(_ start: Int) {
        add("startxref\n\(start)\n%%EOF\n")
        (lastSection, offsets) = (start, [:])
    }

    private func digits(_ number: Int, _ count: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}

extension [UInt8] {
    /// Where `text` begins first; `nil` when it does not occur.
    func first(of text: String, from start: Int = 0) -> Int? {
        let pattern = Array(text.utf8)
        guard pattern.count <= count - start else { return nil }
        return (start...(count - pattern.count)).first { self[$0..<$0 + pattern.count].elementsEqual(pattern) }
    }

    /// With the first `text` replaced; unchanged when it does not occur.
    func replacing(first text: String, with other: String) -> [UInt8] {
        guard let start = first(of: text) else { return self }
        return Array(self[..<start]) + Array(other.utf8) + Array(self[(start + text.utf8.count)...])
    }
}
