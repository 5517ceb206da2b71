import Testing

@testable import PDF

/// Whatever the bytes, reading ends in time and without a trap.
struct HostileBytesTests {
    static let samples = ["fresh", "pyhanko-b-lta-stream.pdf", "pyhanko-b-lta-table.pdf"]

    private func sample(_ name: String) throws -> [UInt8] {
        name == "fresh" ? try SampleDocument().signed() : try Tool.vector(name)
    }

    /// Uses every reading function. Returns whether the bytes were taken as a file with a wholly covered signature.
    @discardableResult
    private func exercise(_ bytes: [UInt8]) -> Bool {
        guard let file = try? PDFFile(parsing: bytes) else { return false }
        _ = try? file.pages()
        _ = try? file.pageDigest(SampleDocument.hashing)
        _ = try? file.fieldTexts()
        _ = try? file.attachments()
        _ = try? file.securityStore()
        var builder = PDFBuilder()
        _ = try? PDFFormImport.importPage(of: file, index: 0, into: &builder)
        guard let signatures = try? file.signatures() else { return false }
        for signature in signatures { _ = try? signature.signedParts(in: file) }
        var update = PDFUpdate(of: file)
        _ = try? update.timeStampable(fieldName: "T", reservedBytes: 16)
        return !signatures.isEmpty && signatures.allSatisfy { file.coverage(of: $0).coversWholeDocument }
    }

    @Test func `a file cut off anywhere is never taken for whole`() throws {
        let bytes = try sample("fresh")
        // The very last line end may be missing.
        for count in 0..<bytes.count - 1 {
            #expect(!exercise(Array(bytes[..<count])), "cut off at \(count)")
        }
    }

    @Test(arguments: samples.dropFirst()) func `a foreign file cut off anywhere is not taken for the whole`(
        name: String
    ) throws {
        let bytes = try sample(name)
        for count in stride(from: 0, to: bytes.count - 1, by: 7) where exercise(Array(bytes[..<count])) {
            // At the end of an earlier revision there is a file again.
            #expect(bytes[..<count].suffix(6).contains(UInt8(ascii: "F")))
        }
    }

    /// A flip inside of what is signed is found by the hash; anywhere else it must be found here.
    @Test(arguments: samples) func `no flipped byte goes unseen outside of what is signed`(name: String) throws {
        let bytes = try sample(name)
        var random = SystemRandomNumberGenerator()
        let places =
            name == "fresh"
            ? Array(bytes.indices) : (0..<1500).map { _ in Int.random(in: bytes.indices, using: &random) }
        let file = try PDFFile(parsing: bytes)
        let last = try #require(try file.signatures().last)
        let gap = last.byteRange[1]..<last.byteRange[2]
        for place in places {
            var flipped = bytes
            flipped[place] ^= UInt8(1 << (place % 8))
            let isTaken = exercise(flipped)
            // Validation data added after the last signature need not be covered by any.
            let isAfter = name == "fresh" && place >= last.byteRange[2] + last.byteRange[3]
            if isTaken, isAfter || place == gap.lowerBound || place == gap.upperBound - 1 {
                Issue.record("byte \(place) of \(name) was changed and nobody noticed")
            }
        }
    }

    @Test func `random bytes and random splices are survived`() throws {
        let parts = try HostileBytesTests.samples.map { try sample($0) }
        var random = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let (left, right) = (parts.randomElement() ?? [], parts.randomElement() ?? [])
            let (end, start) = (
                Int.random(in: 0...left.count, using: &random), Int.random(in: 0...right.count, using: &random)
            )
            exercise(Array(left[..<end]) + Array(right[start...]))
            exercise(Array("%PDF-1.7\n".utf8) + (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
    }

    @Test func `words of the format in any order are survived`() {
        let words = [
            "1 0 obj", "endobj", "<<", ">>", "[", "]", "stream\n", "\nendstream", "xref\n", "trailer", "startxref",
            "%%EOF", "1 0 R",
            "/Type", "/Root", "/Prev", "/Length", "/Size", "0 1\n", "0000000000 65535 f \n", "(", ")", "<", ">", "9",
            "/XRef", "/W",
        ]
        for _ in 0..<2000 {
            let text = (0..<Int.random(in: 1...60)).compactMap { _ in words.randomElement() }.joined(separator: " ")
            exercise(Array("%PDF-1.7\n\(text)\nstartxref\n\(Int.random(in: 0...99))\n%%EOF".utf8))
        }
    }

    @Test func `a page of deep and wide structures is read or refused in time`() {
        for contents in [
            String(repeating: "[", count: 200_000), String(repeating: "q ", count: 200_000),
            String(repeating: "/A BMC ", count: 200_000), String(repeating: "1 ", count: 200_000),
            "BT (" + String(repeating: "x", count: 1_000_000) + ") Tj ET", String(repeating: "<<", count: 100_000),
        ] {
            let start = ContinuousClock.now
            #expect(throws: PDFFault.self) {
                try PDFFile(parsing: SampleDocument(contents: contents).signed()).fieldTexts()
            }
            #expect(ContinuousClock.now - start < .seconds(5))
        }
    }
}
