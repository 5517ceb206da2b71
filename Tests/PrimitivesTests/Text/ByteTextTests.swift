import Primitives
import Testing

@Suite struct ByteTextTests {
    @Test func `it holds what was appended, however often it has to grow`() {
        var text = ByteText(capacity: 0)
        var expected: [UInt8] = []
        #expect(text.last == nil && text.bytes.isEmpty)
        for piece in ["", "a", "县级市场监督管理局", String(repeating: "x", count: 17), String(repeating: "é", count: 5_000)] {
            text.append(piece)
            text.append(UInt8(ascii: "."))
            expected += Array(piece.utf8) + [UInt8(ascii: ".")]
            #expect(text.bytes == expected && text.count == expected.count && text.last == UInt8(ascii: "."))
        }
    }

    @Test(arguments: ["", "a", "a string of more than fifteen bytes", "营业执照"])
    func `texts have the same bytes or not, whatever they are to Unicode`(_ text: String) {
        #expect(text.hasSameBytes(as: String(decoding: Array(text.utf8), as: UTF8.self)))
        #expect(!text.hasSameBytes(as: text + "a"))
        let (composed, decomposed) = ("\(text)é", "\(text)e\u{301}")
        #expect(composed == decomposed && !composed.hasSameBytes(as: decomposed))
    }
}
