import Testing

@testable import PDF

struct PDFObjectTests {
    static let values: [PDFObject] = [
        .null, .boolean(true), .boolean(false), .integer(0), .integer(-17), .integer(.max), .real(0.5), .real(-0.25),
        .real(1e-7), .real(1.25e20), .real(3.0), .real(-2.5e-12), .name("Plain"), .name("with space #"),
        .name("a/b(c)<d>[e]{f}%g"), .name("caf\u{E9}"), .name(""), .string([]), .string(Array("a(b)c\\d".utf8)),
        .string(Array(0...255)), .array([]), .array([.integer(1), .name("A"), .name("B"), .string([0x41])]),
        .dictionary([:]),
        .dictionary(["A": .array([.dictionary(["B": .null])]), "C": .reference(PDFReference(number: 9))]),
        .reference(PDFReference(number: 12, generation: 3)),
    ]

    @Test(arguments: values)
    func `an object reads back as it was written`(value: PDFObject) throws {
        var bytes: [UInt8] = []
        PDFSerializer.append(value, to: &bytes)
        var parser = PDFParser(bytes, limits: .standard)
        #expect(try parser.object() == value)
        #expect(parser.position == bytes.count)
    }

    @Test func `equal dictionaries give equal bytes whatever their order`() {
        var (first, second): ([UInt8], [UInt8]) = ([], [])
        let keys = (0..<50).map { "K\($0)" }
        PDFSerializer.append(.dictionary(PDFDictionary(keys.map { ($0, .null) }) { $1 }), to: &first)
        PDFSerializer.append(.dictionary(PDFDictionary(keys.reversed().map { ($0, .null) }) { $1 }), to: &second)
        #expect(first == second)
    }

    @Test func `numbers that are none are written as zero`() {
        var bytes: [UInt8] = []
        PDFSerializer.append(.array([.real(.nan), .real(.infinity)]), to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "[0.0 0.0]")
    }

    @Test func `a builder numbers from one and keeps what is set`() {
        var builder = PDFBuilder()
        let first = builder.reserve()
        let second = builder.add(.integer(2))
        builder.set(first, to: .integer(1))
        builder.set(PDFReference(number: 99), to: .integer(3))
        #expect([first.number, second.number] == [1, 2])
        #expect(builder.objects == [.integer(1), .integer(2)])
        #expect(builder.object(PDFReference(number: 0)) == nil)
    }

    @Test func `a stream is only packed where that makes it smaller`() {
        var builder = PDFBuilder()
        let long = builder.addStream([UInt8](repeating: 65, count: 500))
        let short = builder.addStream([1, 2, 3])
        #expect(builder.object(long)?.stream?.dictionary["Filter"] == .name("FlateDecode"))
        #expect(builder.object(short)?.stream == PDFStream(dictionary: [:], encodedBytes: [1, 2, 3]))
    }
}
