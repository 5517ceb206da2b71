import Deflate
import Testing

@testable import PDF

/// Files that other readers repair or overlook, and that must be refused.
struct StrictReaderTests {
    private func file(_ change: (inout RawPDF) -> Void) -> [UInt8] {
        var raw = RawPDF()
        raw.emptyPage()
        change(&raw)
        if raw.lastSection == nil || !raw.offsets.isEmpty { raw.table() }
        return raw.bytes
    }

    private func refuse(
        _ bytes: [UInt8], as expected: PDFFault? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        do throws(PDFFault) {
            _ = try PDFFile(parsing: bytes)
            Issue.record("the file was taken", sourceLocation: sourceLocation)
        } catch {
            if let expected { #expect(error == expected, sourceLocation: sourceLocation) }
        }
    }

    @Test func `what does not begin with a header is no PDF`() {
        let good = file { _ in }
        for bytes in [[], Array("%PDF".utf8), Array("\n".utf8) + good, Array("%PDF-3.0\n".utf8) + good[9...]] {
            refuse(bytes, as: .notPDF)
        }
    }

    @Test(arguments: ["x", " ", "\n\n", "\n%", "\n4 0 obj\nnull\nendobj\n", "\0"])
    func `bytes after the last end-of-file mark are refused`(tail: String) {
        refuse(file { _ in } + Array(tail.utf8), as: .trailingBytes)
    }

    @Test func `a second end-of-file mark does not make a tail good`() {
        refuse(file { _ in } + Array("4 0 obj\n(x)\nendobj\n%%EOF\n".utf8))
        refuse(file { _ in } + Array("%%EOF\n".utf8), as: .trailingBytes)
        refuse(file { _ in } + Array("4 0 obj\n(x)\nendobj\nstartxref\n9\n%%EOF\n".utf8))
    }

    @Test func `objects appended with a section but without startxref are refused`() throws {
        let good = file { _ in }
        let section = try #require(good.first(of: "xref\n"))
        var raw = good + Array("4 0 obj\n(x)\nendobj\n".utf8)
        raw += Array("xref\n4 1\n\(String(repeating: "0", count: 7))\(good.count) 00000 n \n".utf8)
        raw += Array("trailer\n<</Root 1 0 R /Size 20 /Prev \(section)>>\n".utf8)
        refuse(raw + Array("%%EOF\n".utf8))
        refuse(raw + Array("startxref\n\(section)\n%%EOF\n".utf8))
    }

    @Test func `an object that no section lists is refused`() {
        var unlisted = 0
        let bytes = file { raw in
            unlisted = raw.bytes.count
            raw.add("9 0 obj\n(x)\nendobj\n")
        }
        refuse(bytes, as: .unlistedBytes(offset: unlisted))
    }

    @Test func `bytes between objects are refused unless white space or whole comments`() {
        refuse(file { $0.add("x") })
        refuse(
            file {
                $0.add("\n%%EOF x"); $0.object(4, "null")
            })
        #expect(throws: Never.self) { try PDFFile(parsing: file { $0.add("% x\r \0\n%%EOF\n") }) }
    }

    @Test func `an entry that points elsewhere is refused`() {
        let good = file { $0.object(4, "(four)") }
        let header = good.first(of: "4 0 obj") ?? 0
        for offset in [0, 5, header + 1, header + 2, good.count - 1, good.count + 5, 9_999_999_999] {
            refuse(
                file {
                    $0.add("4 0 obj\n(four)\nendobj\n"); $0.table(also: [4: line(offset)])
                })
        }
        refuse(good.replacing(first: "4 0 obj", with: "5 0 obj"))
        refuse(good.replacing(first: "4 0 obj", with: "4 1 obj"))
    }

    private func line(_ offset: Int) -> String {
        let text = String(offset)
        return String(repeating: "0", count: 10 - text.count) + text + " 00000 n"
    }

    @Test func `lines of a table must be twenty bytes`() {
        let good = file { _ in }
        refuse(good.replacing(first: "65535 f \n", with: "65535 f\n"))
        refuse(good.replacing(first: " 00000 n", with: " 0000x n"))
        refuse(good.replacing(first: " 00000 n", with: " 00000 m"))
        refuse(good.replacing(first: "\n0 1\n", with: "\n0 9\n"))
        refuse(good.replacing(first: "\n0 1\n", with: "\n0 99999999999\n"))
    }

    @Test func `the same object twice in a section is refused`() {
        refuse(file { _ in }.replacing(first: "\n2 1\n", with: "\n1 1\n"))
    }

    @Test(arguments: [
        "/Root 1 0 R", "/Size 20", "/Root 1 0 R /Size 2", "/Root 1 0 R /Size 9223372036854775807",
        "/Root 2 0 R /Size 20",
        "/Root 99 0 R /Size 20", "/Root <<>> /Size 20", "/Root 1 0 R /Root 1 0 R /Size 20",
        "/Root 1 0 R /Size 20 /Prev (x)",
        "/Root 1 0 R /Size 20 /Prev 0", "/Root 1 0 R /Size 20 /Prev 5", "/Root 1 0 R /Size 20 /Prev 99999999",
        "/Root 1 0 R /Size 20 /XRefStm 9", "/Root 1 0 R /Size 20 /XRefStm (x)",
    ])
    func `a trailer that is wrong is refused`(trailer: String) {
        refuse(file { $0.table(trailer) })
    }

    @Test func `an encrypted file is refused`() {
        refuse(file { $0.table("/Root 1 0 R /Size 20 /Encrypt 4 0 R") }, as: .encrypted)
    }

    @Test func `a loop of sections is refused`() throws {
        let good = file { _ in }
        let section = try #require(good.first(of: "xref\n"))
        refuse(
            good.replacing(first: "/Size 20", with: "/Size 20 /Prev \(section)"),
            as: .crossReference("Prev chain is a loop"))
    }

    @Test func `too many updates are refused`() {
        var raw = RawPDF()
        raw.emptyPage()
        raw.table()
        for number in 0..<70 {
            raw.object(4, "\(number)")
            raw.table()
        }
        refuse(raw.bytes, as: .limit("cross-reference sections"))
    }

    @Test(arguments: [
        "4 0 obj\n<</Length 3>>\nstream\nabcdef\nendstream\nendobj\n",
        "4 0 obj\n<</Length 99999999>>\nstream\nabc\nendstream\nendobj\n",
        "4 0 obj\n<</Length -1>>\nstream\nabc\nendstream\nendobj\n", "4 0 obj\n<<>>\nstream\nabc\nendstream\nendobj\n",
        "4 0 obj\n<</Length 3>>\nstream abc\nendstream\nendobj\n",
        "4 0 obj\n<</Length 3>>\nstream\rabc\nendstream\nendobj\n",
        "4 0 obj\n<</Length 3 /F (other)>>\nstream\nabc\nendstream\nendobj\n", "4 0 obj\n<</Length 3>>\nstream\nabc\n",
        "4 0 obj\n<</Length 4 0 R>>\nstream\nabc\nendstream\nendobj\n",
        "4 0 obj\n<</Length 9 0 R>>\nstream\nabc\nendstream\nendobj\n",
        "4 0 obj\n(x)\nendobjx\n", "4 0 obj\n(x) (y)\nendobj\n", "4 0 obj\nendobj\n", "4 0 obj (x)",
    ])
    func `an object that is wrong is refused`(text: String) {
        refuse(
            file { raw in
                let start = raw.bytes.count
                raw.add(text)
                raw.table(also: [4: line(start)])
            })
    }

    @Test func `overlapping objects are refused`() {
        refuse(
            file { raw in
                raw.object(4, "(5 0 obj null endobj)")
                let inner = raw.bytes.first(of: "5 0 obj") ?? 0
                raw.table(also: [5: line(inner)])
            }, as: .crossReference("objects overlap"))
    }

    @Test func `many objects inside one another are refused in time`() {
        var raw = RawPDF()
        raw.emptyPage()
        var places: [Int: String] = [:]
        for number in 10..<5_010 {
            places[number] = line(raw.bytes.count)
            raw.add("\(number) 0 obj (" + String(repeating: "x", count: 100))
        }
        raw.add(String(repeating: ") endobj ", count: 5_000))
        raw.table("/Root 1 0 R /Size 6000", also: places)
        let start = ContinuousClock.now
        refuse(raw.bytes, as: .crossReference("objects overlap"))
        #expect(ContinuousClock.now - start < .seconds(5))
    }

    @Test func `an object stream that hides members or bytes is refused`() {
        for (header, data) in [
            ("/N 2 /First 8", "6 0 7 2 1 2"), ("/N 1 /First 40", "6 0 BT (void) Tj ET                     (member)"),
            ("/N 1 /First 4", "6 0 (a) (b)"), ("/N 1 /First 4", "7 0 (a)"), ("/N 2 /First 8", "6 0 6 0 (a)"),
            ("/N 1 /First 99", "6 0 (a)"), ("/N -1 /First 4", "6 0 (a)"), ("/N 99999999 /First 4", "6 0 (a)"),
            ("/N 1 /First 4", "6 9 (a)"), ("/First 4", "6 0 (a)"), ("/N 1 /First 4", "6 0 "),
        ] {
            var raw = RawPDF()
            raw.emptyPage()
            raw.stream(5, "/Type /ObjStm \(header)", Array(data.utf8))
            raw.crossReferenceStream(8, compressed: [6: (5, 0)])
            refuse(raw.bytes)
        }
    }

    @Test func `an object stream inside an object stream is refused`() {
        var raw = RawPDF()
        raw.emptyPage()
        raw.stream(5, "/Type /ObjStm /N 1 /First 4", Array("6 0 (a)".utf8))
        raw.crossReferenceStream(8, compressed: [6: (6, 0)])
        refuse(raw.bytes)
    }

    @Test func `object-stream bombs are refused in time`() {
        var raw = RawPDF()
        raw.emptyPage()
        let bomb = Zlib.compress([UInt8](repeating: 0x20, count: 60 << 20))
        var members: [Int: (container: Int, index: Int)] = [:]
        for number in 0..<40 {
            raw.stream(100 + number, "/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode", bomb)
            members[200 + number] = (100 + number, 0)
        }
        let many = Zlib.compress(
            Array("300 0 [".utf8) + Array(String(repeating: " 0", count: 5_000_000).utf8) + Array("]".utf8))
        raw.stream(99, "/Type /ObjStm /N 1 /First 6 /Filter /FlateDecode", many)
        members[300] = (99, 0)
        raw.crossReferenceStream(98, compressed: members)
        let bytes = raw.bytes.replacing(first: "/Size 20", with: "/Size 900")
        let start = ContinuousClock.now
        refuse(bytes)
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test func `values read for the sake of a length count like all others`() {
        var limits = PDFLimits()
        limits.values = 120
        var raw = RawPDF()
        raw.emptyPage()
        let list = (0..<60).map { _ in "0" }.joined(separator: " ")
        var members: [Int: (container: Int, index: Int)] = [:]
        for number in 0..<4 {
            let pair = "\(200 + number) 0 \(300 + number) 2 3 [\(list)]"
            raw.stream(4 + number, "", Array("abc".utf8), length: "\(200 + number) 0 R")
            raw.stream(100 + number, "/Type /ObjStm /N 2 /First 12", Array(pair.utf8))
            members[200 + number] = (100 + number, 0)
            members[300 + number] = (100 + number, 1)
        }
        raw.crossReferenceStream(98, compressed: members)
        let bytes = raw.bytes.replacing(first: "/Size 20", with: "/Size 900")
        #expect(throws: Never.self) { try PDFFile(parsing: bytes) }
        #expect(throws: PDFFault.limit("values in objects")) { try PDFFile(parsing: bytes, limits: limits) }
    }

    @Test func `a stream whose length object is replaced is refused`() {
        var raw = RawPDF()
        raw.emptyPage("/Contents 4 0 R")
        raw.stream(4, "", Array("q Q % endstream endobj".utf8), length: "5 0 R")
        raw.object(5, "22")
        raw.table()
        #expect(throws: Never.self) { try PDFFile(parsing: raw.bytes) }
        raw.object(5, "3")
        raw.table()
        refuse(raw.bytes, as: .crossReference("the length of a stream was changed"))
    }

    @Test func `every bound of the limits is a refusal`() {
        let bytes = file { $0.object(4, "[1 2 3]") }
        let changes: [(inout PDFLimits) -> Void] = [
            { $0.fileBytes = 100 }, { $0.objects = 2 }, { $0.objectNumber = 3 }, { $0.values = 8 }, { $0.nesting = 0 },
            { $0.sections = 0 },
        ]
        for change in changes {
            var limits = PDFLimits()
            change(&limits)
            #expect(throws: PDFFault.self) { try PDFFile(parsing: bytes, limits: limits) }
        }
    }
}
