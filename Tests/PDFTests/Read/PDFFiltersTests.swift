import Deflate
import Testing

@testable import PDF

struct PDFFiltersTests {
    private func decode(
        _ bytes: [UInt8], _ filters: [String], parameters: PDFDictionary? = nil, limit: Int = 1 << 20
    ) throws -> [UInt8] {
        var dictionary: PDFDictionary = ["Filter": .array(filters.map { .name($0) })]
        if let parameters { dictionary["DecodeParms"] = .array([.dictionary(parameters)]) }
        var limits = PDFLimits()
        limits.decodedBytes = limit
        var budget = DecodingBudget(limits)
        return try PDFFilters.decode(PDFStream(dictionary: dictionary, encodedBytes: bytes), budget: &budget) { $0 }
    }

    private let text = Array("Man is distinguished".utf8)

    @Test func `filters are undone in their order`() throws {
        let packed = Zlib.compress(text)
        let digits = packed.flatMap { Array((($0 < 16 ? "0" : "") + String($0, radix: 16)).utf8) } + [UInt8(ascii: ">")]
        #expect(try decode(packed, ["FlateDecode"]) == text)
        #expect(try decode(packed + [0x0D, 0x0A], ["Fl"]) == text)
        #expect(try decode(digits, ["ASCIIHexDecode", "FlateDecode"]) == text)
        #expect(try decode(Array("9jqo^BlbD-BleB1DJ+*+F(f,q~>".utf8), ["ASCII85Decode"]) == text)
        #expect(try decode(Array("z!!~>".utf8), ["A85"]) == [0, 0, 0, 0, 0])
        #expect(try decode([0xFF, 0xD8], ["DCTDecode"]) == [0xFF, 0xD8])
        #expect(try decode(text, []) == text)
    }

    @Test(arguments: [
        ("FlateDecode", "no zlib"), ("FlateDecode", ""), ("ASCIIHexDecode", "4G>"), ("ASCIIHexDecode", "41"),
        ("ASCII85Decode", "9jqo"), ("ASCII85Decode", "!~>"), ("ASCII85Decode", "uuuuu~>"),
        ("ASCII85Decode", "ab\u{7F}~>"),
        ("ASCII85Decode", "~"), ("LZWDecode", "x"), ("Crypt", "x"), ("NoSuchFilter", "x"),
    ])
    func `data that does not fit its filter is refused`(filter: String, data: String) {
        #expect(throws: PDFFault.self) { try decode(Array(data.utf8), [filter]) }
    }

    @Test func `a cut-off stream is refused`() {
        let packed = Zlib.compress([UInt8](repeating: 9, count: 3000) + text)
        for count in 0..<packed.count {
            #expect(throws: PDFFault.self) { try decode(Array(packed[..<count]), ["FlateDecode"]) }
        }
    }

    @Test func `a deflate bomb is refused before it is blown up`() {
        let bomb = Zlib.compress([UInt8](repeating: 0, count: 64 << 20))
        let twice = Zlib.compress(bomb)
        let start = ContinuousClock.now
        #expect(throws: PDFFault.self) { try decode(bomb, ["FlateDecode"], limit: 64 << 20) }
        #expect(throws: PDFFault.self) { try decode(twice, ["FlateDecode", "FlateDecode"], limit: 64 << 20) }
        #expect(ContinuousClock.now - start < .seconds(2))
    }

    @Test func `text of base 85 zeros cannot blow up either`() {
        let zeros = [UInt8](repeating: UInt8(ascii: "z"), count: 1 << 20) + Array("~>".utf8)
        #expect(throws: PDFFault.limit("decoded streams")) { try decode(zeros, ["ASCII85Decode"], limit: 1 << 20) }
    }

    @Test func `many filters are refused`() {
        #expect(throws: PDFFault.limit("filters of a stream")) {
            try decode(text, [String](repeating: "FlateDecode", count: 9))
        }
    }

    /// PNG (ISO 15948 §9.2) rows made by hand: the sample row is 10 20 30, then 11 22 33.
    @Test(
        arguments: [
            [0, 10, 20, 30, 0, 11, 22, 33], [1, 10, 10, 10, 1, 11, 11, 11], [2, 10, 20, 30, 2, 1, 2, 3],
            [0, 10, 20, 30, 3, 6, 7, 7], [0, 10, 20, 30, 4, 1, 2, 3],
        ] as [[UInt8]])
    func `PNG predictors are undone`(rows: [UInt8]) throws {
        let parameters: PDFDictionary = ["Predictor": .integer(15), "Columns": .integer(3)]
        #expect(
            try decode(Zlib.compress(rows), ["FlateDecode"], parameters: parameters) == [10, 20, 30, 11, 22, 33])
    }

    @Test func `the TIFF predictor is undone`() throws {
        let parameters: PDFDictionary = ["Predictor": .integer(2), "Columns": .integer(2), "Colors": .integer(3)]
        let rows: [UInt8] = [1, 2, 3, 1, 1, 1, 250, 0, 0, 10, 0, 0]
        #expect(
            try decode(Zlib.compress(rows), ["FlateDecode"], parameters: parameters)
                == [1, 2, 3, 2, 3, 4, 250, 0, 0, 4, 0, 0])
    }

    @Test(
        arguments: [
            ["Predictor": .integer(15), "Columns": .integer(0)],
            ["Predictor": .integer(15), "Columns": .integer(.max)],
            ["Predictor": .integer(15), "Colors": .integer(-1)],
            ["Predictor": .integer(15), "BitsPerComponent": .integer(3)],
            ["Predictor": .integer(9)], ["Predictor": .integer(2), "BitsPerComponent": .integer(4)],
        ] as [PDFDictionary])
    func `predictors out of range are refused`(parameters: PDFDictionary) {
        #expect(throws: PDFFault.self) { try decode(Zlib.compress([1, 2]), ["FlateDecode"], parameters: parameters) }
    }

    @Test func `a huge row costs no more than the data it has`() throws {
        let parameters: PDFDictionary = [
            "Predictor": .integer(15), "Columns": .integer(1 << 20), "Colors": .integer(32),
            "BitsPerComponent": .integer(16),
        ]
        let packed = Zlib.compress([2, 7])
        let start = ContinuousClock.now
        for _ in 0..<1000 { #expect(try decode(packed, ["FlateDecode"], parameters: parameters) == [7]) }
        #expect(ContinuousClock.now - start < .seconds(2))
    }
}
