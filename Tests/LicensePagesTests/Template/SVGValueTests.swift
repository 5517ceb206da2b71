import Testing

@testable import LicensePages

struct SVGValueTests {
    private func apply(_ text: String, _ x: Double, _ y: Double) throws -> [Double] {
        let matrix = try #require(SVGMatrix(text))
        return [matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f]
            .map { ($0 * 1e6).rounded() / 1e6 }
    }

    @Test func `transforms apply from right to left`() throws {
        #expect(try apply("translate(10,20) scale(2)", 1, 1) == [12, 22])
        #expect(try apply("rotate(90)", 1, 0) == [0, 1])
        #expect(try apply("rotate(90 10 10)", 20, 10) == [10, 20])
        #expect(try apply("matrix(1 2 3 4 5 6)", 1, 1) == [9, 12])
        #expect(try apply("", 3, 4) == [3, 4])
    }

    @Test(arguments: ["skewX(10)", "rotate", "rotate(", "scale(a)", "matrix(1 2)", "translate(1) x"])
    func `what is no transform is none`(_ text: String) {
        #expect(SVGMatrix(text) == nil)
    }

    @Test(arguments: [
        ("12", 12.0), ("12px", 12), ("72pt", 96), ("25.4mm", 96), ("2.54cm", 96), ("1in", 96), (" 1.5 ", 1.5),
        ("-3", -3),
    ])
    func `lengths are read in pixels`(_ text: String, pixels: Double) {
        #expect(abs((SVGNumber.length(text) ?? .nan) - pixels) < 1e-9)
    }

    @Test(arguments: ["", "10%", "1em", "nan", "inf", "1e9", "0x10", "1,5"])
    func `what is no length is none`(_ text: String) {
        #expect(SVGNumber.length(text) == nil)
    }

    @Test func `colours are read from the usual spellings`() {
        #expect(SVGColor("#f00") == SVGColor("#ff0000"))
        #expect(SVGColor("rgb(255, 0, 0)") == SVGColor("red"))
        #expect(SVGColor("none") == nil)
        #expect(SVGColor("url(#g)") == nil)
        #expect(SVGColor("#12345") == nil)
    }

    @Test(arguments: [
        (0.0, "0"), (1.0, "1"), (-1.5, "-1.5"), (0.0004, "0"), (0.0005, "0.001"), (12.345_67, "12.346"), (-0.0001, "0"),
        (1e30, "1000000000000"), (.nan, "0"),
    ])
    func `numbers are written short, without exponent`(_ value: Double, text: String) {
        #expect(ContentWriter.text(value) == text)
    }
}
