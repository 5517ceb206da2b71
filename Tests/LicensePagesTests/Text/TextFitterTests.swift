import Testing

@testable import LicensePages

struct TextFitterTests {
    private func place(
        _ fit: TextPlacement.Fit, width: Double, height: Double = 200, smallest: Double = 10,
        anchor: TextPlacement.Anchor = .start, spacing: Double = 0
    ) -> TextPlacement {
        TextPlacement(
            field: "scope", fit: fit, anchor: anchor, face: .sans, size: 20, smallestSize: smallest,
            letterSpacing: spacing, lineHeight: 1.5, width: width, height: height, color: .black, x: 0, y: 0,
            matrix: .identity)
    }

    private func fitted(_ text: String, _ place: TextPlacement) throws -> FittedText? {
        TextFitter(place, try TextShaper(fonts: FontLibrary()).shape(text, style: .sans)).fitted()
    }

    private func lines(_ text: FittedText?) -> [String] {
        (text?.lines ?? []).map { $0.glyphs.map(\.text).joined() }
    }

    @Test func `text that fits keeps its size`() throws {
        #expect(try fitted("一二三四五", place(.shrink, width: 100))?.size == 20)
    }

    @Test func `longer text shrinks as far as it must`() throws {
        #expect(try fitted("一二三四五六七八", place(.shrink, width: 100))?.size == 12.5)
        #expect(try fitted("一二三四五六七八九十", place(.shrink, width: 100))?.size == 10)
    }

    @Test func `text that does not fit at the smallest size is refused`() throws {
        #expect(try fitted("一二三四五六七八九十一", place(.shrink, width: 100)) == nil)
        #expect(try fitted("一二三四五六", place(.none, width: 100)) == nil)
        #expect(try fitted("一\n二", place(.shrink, width: 100)) == nil)
    }

    @Test func `lines break between ideographs and at spaces`() throws {
        let text = try fitted("一二三四五六七，八九 Limited Company", place(.wrap, width: 140))
        #expect(lines(text) == ["一二三四五六", "七，八九 ", "Limited ", "Company"])
        #expect(text?.size == 20)
    }

    @Test func `line breaks of the text are kept`() throws {
        #expect(lines(try fitted("一\n\n二", place(.wrap, width: 140))) == ["一\n", "\n", "二"])
    }

    @Test func `lines shrink until they fit the height`() throws {
        let text = try #require(try fitted(String(repeating: "一", count: 30), place(.wrap, width: 100, height: 100)))
        #expect(text.size < 20)
        #expect(text.size * (1.5 * Double(text.lines.count - 1) + 1) <= 100)
        #expect(try fitted(String(repeating: "一", count: 300), place(.wrap, width: 100)) == nil)
    }

    @Test func `a word longer than a line is refused, a number is split after a dot`() throws {
        #expect(try fitted(String(repeating: "m", count: 60), place(.wrap, width: 100)) == nil)
        #expect(lines(try fitted("12345678.12345678", place(.wrap, width: 120))) == ["12345678.", "12345678"])
    }

    @Test(arguments: [(TextPlacement.Anchor.start, 0.0), (.middle, -30.0), (.end, -60.0)])
    func `lines hang on their anchor`(_ anchor: TextPlacement.Anchor, x: Double) throws {
        let text = try #require(try fitted("一二三", place(.none, width: 100, anchor: anchor)))
        #expect(abs((text.lines.first?.startX ?? .nan) - x) < 1e-9)
    }

    @Test func `letter spacing counts`() throws {
        #expect(try fitted("一二三四五", place(.shrink, width: 100, spacing: 5))?.size == 16.66)
    }
}
