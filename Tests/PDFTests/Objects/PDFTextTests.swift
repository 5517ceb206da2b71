import Primitives
import Testing

@testable import PDF

struct PDFTextTests {
    @Test(arguments: ["", "plain", "营业执照", "𠮷 rare", "naïve (x) \\", "line\nbreak"])
    func `text reads back as it was written`(text: String) {
        #expect(PDFText.decode(PDFText.encode(text)) == text)
    }

    @Test func `text beyond ASCII has a byte order mark`() {
        #expect(PDFText.encode("照") == [0xFE, 0xFF, 0x71, 0x67])
        #expect(PDFText.encode("A") == [0x41])
    }

    @Test func `all three encodings are read`() {
        #expect(PDFText.decode([0xEF, 0xBB, 0xBF, 0xE7, 0x85, 0xA7]) == "照")
        #expect(PDFText.decode([0x80, 0x92, 0xA0, 0xE9, 0x18]) == "•™€é˘")
        #expect(PDFText.decode([0xFE, 0xFF, 0xD8, 0x00, 0x00, 0x41]) == "\u{FFFD}A")
        #expect(PDFText.decode([0xFE, 0xFF, 0x00]) == "")
    }

    @Test(arguments: [
        ("D:20260131", "2026-01-31T00:00:00Z"), ("D:20260131120000Z", "2026-01-31T12:00:00Z"),
        ("D:20260131120000+08'00", "2026-01-31T04:00:00Z"), ("D:20260131120000-02'30'", "2026-01-31T14:30:00Z"),
        ("D:202601311200", "2026-01-31T12:00:00Z"),
    ])
    func `dates are read`(text: String, expected: String) {
        #expect(PDFDate.read(text)?.description == expected)
    }

    @Test(arguments: [
        "", "20260131", "D:2026", "D:20260231", "D:20260131250000Z", "D:20260131120000X", "D:20260131120000+8",
        "D:2026013112000099999999999999999999", "D:20260131120000+99999999999999999999",
    ])
    func `what is no date is none`(text: String) {
        #expect(PDFDate.read(text) == nil)
    }

    @Test func `a date reads back as it was written`() {
        let moment = Instant(secondsSinceEpoch: 1_790_000_123)
        #expect(PDFDate.read(PDFDate.text(moment)) == moment)
    }
}
