import Testing

@testable import PDF

/// Attacks on a freshly signed document's `ByteRange` and `Contents`.
struct ByteRangeAttackTests {
    /// The signed bytes, and the digits of the byte range in them.
    private struct Target {
        var bytes: [UInt8]
        var range: [Int]
        let digits: Range<Int>

        init() throws {
            let signable = try SampleDocument().draft().signable()
            (bytes, range) = (try signable.embedding(SampleDocument.cms), signable.byteRange)
            let start = try #require(bytes.first(of: "/ByteRange [")) + 11
            digits = start..<(start + 45)
        }

        /// The file with another byte range of the same length.
        func with(_ numbers: [Int]) -> [UInt8] {
            var changed = bytes
            changed.replaceSubrange(digits, with: SignatureSlots.byteRangeText(numbers))
            return changed
        }

        func with(text: String) -> [UInt8] {
            var changed = bytes
            let padded = text + String(repeating: " ", count: max(0, digits.count - text.utf8.count))
            changed.replaceSubrange(digits, with: Array(padded.utf8))
            return changed
        }
    }

    private func isCovered(_ bytes: [UInt8]) -> Bool {
        guard let file = try? PDFFile(parsing: bytes), let coverage = try? file.soleCoverage() else { return false }
        return coverage.coversWholeDocument && coverage.faults.isEmpty
    }

    @Test func `the target is good before it is attacked`() throws {
        let target = try Target()
        #expect(isCovered(target.bytes))
        #expect(isCovered(target.with(target.range)))
    }

    @Test func `ranges that do not start at 0, overlap or leave a tail are refused`() throws {
        let target = try Target()
        let (a, b, c) = (target.range[1], target.range[2], target.range[3])
        for numbers in [
            [1, a - 1, b, c], [0, a, b, c - 1], [0, a, b, c - 2], [0, a, b, c + 1], [0, a, b, 0], [0, 0, 0, b + c],
            [0, b, a, c], [0, b + 1, b, c], [0, b, b, c], [0, a, a, b + c - a], [0, a - 1, b, c], [0, a + 1, b, c],
            [0, a, b - 1, c + 1], [0, a, b + 1, c - 1], [0, a, 9_999_999_999, 0], [0, 9_999_999_999, b, c],
            [b, c, 0, a],
            [0, 9, b, c], [0, a, b + c, 0],
        ] {
            #expect(!isCovered(target.with(numbers)), "\(numbers)")
        }
    }

    @Test func `a byte range that is no list of four whole numbers is refused`() throws {
        let target = try Target()
        let (a, b, c) = (target.range[1], target.range[2], target.range[3])
        for text in [
            "[0 \(a) \(b)]", "[0 \(a) \(b) \(c) 0 0]", "[]", "null", "[0.0 \(a) \(b) \(c)]", "[0 \(a) \(b) -\(c)]",
            "(0 \(a) \(b) \(c))",
            "[-0.5 \(a) \(b) \(c)]", "[0 \(a) \(b) 2 0 R]", "9 0 R", "[[0 \(a) \(b) \(c)]]",
            "[0 9223372036854775807 1 1]", "[0 1 9223372036854775807 1]", "[0 1 2 9223372036854775807]",
        ] {
            #expect(!isCovered(target.with(text: text)), "\(text)")
        }
        // The same numbers in another spelling are no attack.
        #expect(isCovered(target.with(text: "[0 \(a) \(b) \(c)]")))
    }

    @Test func `a missing, renamed, doubled or indirect entry is refused`() throws {
        let target = try Target()
        for (from, to) in [
            ("/ByteRange [", "/ByteRangX ["), ("/Contents <", "/Contentz <"),
            ("/Filter /Adobe.PPKLite", "/ByteRange 1 /X /Y 11111"),
            ("/M (D:20260921", "/Contents <00>"),
            ("/SubFilter /ETSI.CAdES.detached", "/SubFilter /adbe.pkcs7.detached"),
            ("/SubFilter /ETSI.CAdES.detached", "/SubFilter /ETSI.RFC3161       "), ("/SubFilter", "/SubFiltex"),
            ("/Type /Sig", "/Type /Sog"), ("/Type /Sig", "/Type null"),
        ] {
            let changed = target.bytes.replacing(first: from, with: to)
            #expect(changed != target.bytes, "\(from) is not there")
            #expect(!isCovered(changed), "\(from) → \(to)")
        }
    }

    @Test func `Contents must be one hexadecimal string that fills the gap`() throws {
        let target = try Target()
        let gap = target.range[1]..<target.range[2]
        for (offset, byte) in [
            (0, UInt8(ascii: "(")), (0, UInt8(ascii: " ")), (gap.count - 1, UInt8(ascii: ")")),
            (gap.count - 1, UInt8(ascii: " ")),
            (40, UInt8(ascii: " ")), (40, UInt8(ascii: "x")), (40, UInt8(ascii: ">")), (40, UInt8(ascii: "1")),
            (gap.count - 2, UInt8(ascii: "1")), (1, UInt8(ascii: "0")), (2, UInt8(ascii: "1")), (4, UInt8(ascii: "0")),
        ] {
            var changed = target.bytes
            changed[gap.lowerBound + offset] = byte
            #expect(!isCovered(changed), "byte \(offset) of Contents")
        }
    }

    @Test(
        arguments: [
            [], [0x30], [0x30, 0x00], [0x31, 0x01, 0x00], [0x30, 0x80, 0x00, 0x00], [0x30, 0x81, 0x05, 1, 2, 3, 4, 5],
            [0x30, 0x82, 0x00, 0x85], [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], [0x30, 0x85, 1, 1, 1, 1, 1],
            [0x30, 0x7F, 0x00],
        ] as [[UInt8]])
    func `Contents that is no DER sequence with zeros behind it is refused`(value: [UInt8]) throws {
        let target = try Target()
        var changed = target.bytes
        var digits: [UInt8] = []
        for byte in value + [UInt8](repeating: 0, count: 64 - value.count) {
            PDFSerializer.appendHexadecimal(byte, to: &digits)
        }
        changed.replaceSubrange(target.range[1] + 1..<target.range[2] - 1, with: digits)
        #expect(!isCovered(changed))
    }

    @Test func `a second signature dictionary beside the field is refused`() throws {
        let file = try SampleDocument().signedFile()
        var update = PDFUpdate(of: file)
        _ = update.add(.dictionary(["ByteRange": .array([]), "Contents": .string([0x30, 0])]))
        let changed = try PDFFile(parsing: update.bytes())
        #expect(throws: PDFFault.signature("belongs to no field")) { try changed.signatures() }
    }

    @Test func `a field cannot be given the signature of another one`() throws {
        let file = try SampleDocument().signedFile()
        let signature = try #require(try file.signatures().first)
        var update = PDFUpdate(of: file)
        let field = update.add(
            .dictionary(["FT": .name("Sig"), "T": .string([0x41]), "V": .reference(signature.reference)]))
        var catalog = file.catalog
        var form = file.resolve(catalog["AcroForm"]).dictionary ?? [:]
        form["Fields"] = .array((form["Fields"]?.array ?? []) + [.reference(field)])
        catalog["AcroForm"] = .dictionary(form)
        update.set(file.catalogReference, to: .dictionary(catalog))
        let changed = try PDFFile(parsing: update.bytes())
        #expect(throws: PDFFault.signature("several fields share it")) { try changed.signatures() }
    }

    @Test func `a signature wrapped into a later revision with a wider gap is refused`() throws {
        // USF and SWA (Mladenov et al., 2019): the old signature value moved behind injected bytes.
        let target = try Target()
        var bytes = Array(target.bytes[..<target.range[2]])
        let shift = 40
        bytes.insert(contentsOf: [UInt8](repeating: 0x20, count: shift), at: target.range[1])
        bytes += target.bytes[target.range[2]...]
        let numbers = [0, target.range[1], target.range[2] + shift, target.range[3]]
        bytes.replaceSubrange(target.digits, with: SignatureSlots.byteRangeText(numbers))
        #expect(!isCovered(bytes))
    }

    @Test(arguments: [
        "<</FT /Sig /T (a) /V <</Type /Sig /SubFilter /ETSI.CAdES.detached /ByteRange [0 1 2 3] /Contents <300100>>> >>",
        "<</FT /Sig /T (a) /V 9 0 R>>", "<</FT /Sig /T (a) /V 3 0 R>>", "<</FT /Sig /T (a) /V 8 0 R>>",
    ])
    func `fields whose value is no signature dictionary of its own are refused`(field: String) throws {
        var raw = RawPDF()
        raw.object(1, "<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [4 0 R]>> >>")
        raw.object(2, "<</Type /Pages /Count 1 /Kids [3 0 R]>>")
        raw.object(3, "<</Type /Page /Parent 2 0 R>>")
        raw.object(4, field)
        raw.object(8, "<</Type /Sig /SubFilter /X /ByteRange [0 1 2 3] /Contents 7 0 R>>")
        raw.object(7, "<300100>")
        raw.table()
        let file = try PDFFile(parsing: raw.bytes)
        #expect(throws: PDFFault.self) { try file.signatures() }
    }

    @Test func `field trees that loop or go deep are refused`() throws {
        var deep = "<</T (x)>>"
        for _ in 0..<30 { deep = "<</T (x) /Kids [\(deep)]>>" }
        for fields in ["[4 0 R 4 0 R]", "[5 0 R]", "[6 0 R]"] {
            var raw = RawPDF()
            raw.object(1, "<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields \(fields)>> >>")
            raw.object(2, "<</Type /Pages /Count 0 /Kids []>>")
            raw.object(4, "<</T (a)>>")
            raw.object(5, "<</T (a) /Kids [5 0 R]>>")
            raw.object(6, "<</T (a) /Kids [7 0 R]>>")
            for number in 7..<200 { raw.object(number, "<</T (a) /Kids [\(number + 1) 0 R]>>") }
            raw.object(200, deep)
            raw.table("/Root 1 0 R /Size 300")
            let file = try PDFFile(parsing: raw.bytes)
            #expect(throws: PDFFault.self) { try file.signatures() }
        }
    }
}
