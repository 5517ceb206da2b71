import Testing

@testable import PDF

struct PDFParserTests {
    private func parse(_ text: String, limits: PDFLimits = .standard) throws -> PDFObject {
        var parser = PDFParser(Array(text.utf8), limits: limits)
        return try parser.object()
    }

    /// Examples of ISO 32000-2 §7.3.
    @Test(
        arguments: [
            ("123", .integer(123)), ("43445", .integer(43445)), ("+17", .integer(17)), ("-98", .integer(-98)),
            ("34.5", .real(34.5)), ("-3.62", .real(-3.62)), ("+123.6", .real(123.6)), ("4.", .real(4)),
            ("-.002", .real(-0.002)),
            (
                "(Strings can contain balanced parentheses ()\nand special characters (*!&}^% and so on).)",
                .string(
                    Array(
                        "Strings can contain balanced parentheses ()\nand special characters (*!&}^% and so on).".utf8))
            ),
            ("(These \\\ntwo strings \\\nare the same.)", .string(Array("These two strings are the same.".utf8))),
            ("(\\0053)", .string([0x05, 0x33])), ("(\\053)", .string([0x2B])), ("(\\53)", .string([0x2B])),
            ("(a\r\nb\rc)", .string(Array("a\nb\nc".utf8))),
            ("(\\n\\r\\t\\b\\f\\(\\)\\\\\\x)", .string([10, 13, 9, 8, 12, 40, 41, 92, 120])),
            ("<4E6F76206F6>", .string([0x4E, 0x6F, 0x76, 0x20, 0x6F, 0x60])), ("<901FA>", .string([0x90, 0x1F, 0xA0])),
            ("< 90 1f\na3 >", .string([0x90, 0x1F, 0xA3])),
            ("/Adobe#20Green", .name("Adobe Green")), ("/PANTONE#205757#20CV", .name("PANTONE 5757 CV")),
            ("/paired#28#29parentheses", .name("paired()parentheses")),
            ("/The_Key_of_F#23_Minor", .name("The_Key_of_F#_Minor")),
            ("/A#42", .name("AB")), ("/$$", .name("$$")), ("/@pattern", .name("@pattern")),
            ("/.notdef", .name(".notdef")),
            (
                "[549 3.14 false (Ralph)/SomeName]",
                .array([.integer(549), .real(3.14), .boolean(false), .string(Array("Ralph".utf8)), .name("SomeName")])
            ),
            (
                "<</Type/Example/Version 0.01/Sub<</Item1 0.4 /Ref 12 0 R>>>>",
                .dictionary([
                    "Type": .name("Example"), "Version": .real(0.01),
                    "Sub": .dictionary(["Item1": .real(0.4), "Ref": .reference(PDFReference(number: 12))]),
                ])
            ),
            (
                "[1 0 R 2 0 3 null]",
                .array([.reference(PDFReference(number: 1)), .integer(2), .integer(0), .integer(3), .null])
            ),
            ("% a comment\n true", .boolean(true)),
        ] as [(String, PDFObject)])
    func `an object is read as the standard says`(text: String, expected: PDFObject) throws {
        #expect(try parse(text) == expected)
    }

    @Test(arguments: [
        "", "%", "(", "(\\", "(()", "<4", "<4G>", "[1", "<<", "<</A>>", "<</A 1", "<<1 2>>", "<</A 1 /A 2>>", "/A#4",
        "/A#G0",
        "/A#00", "+", "-", ".", "--1", "1e5", "1.2.3", "tru", "nul", "truefalse", "99999999999999999999", "]", ">>",
        ")", "{",
        "1 99999999999999999999 R", "obj", "1x", "[8388608 0 R]",
    ])
    func `what is no object is refused`(text: String) {
        #expect(throws: PDFFault.self) { try parse(text) }
    }

    @Test func `nesting is bounded`() {
        let deep = String(repeating: "[", count: 65) + String(repeating: "]", count: 65)
        #expect(throws: Never.self) { try parse(deep) }
        #expect(throws: PDFFault.limit("nesting of objects")) { try parse("[" + deep + "]") }
        #expect(throws: PDFFault.limit("nesting of objects")) {
            try parse(String(repeating: "[", count: 1_000_000))
        }
        #expect(throws: PDFFault.limit("nesting of objects")) {
            try parse(String(repeating: "<</A", count: 1_000_000))
        }
    }

    @Test func `the number of values is bounded`() {
        var limits = PDFLimits()
        limits.values = 10
        #expect(throws: Never.self) { try parse("[1 2 3 4 5 6 7 8 9]", limits: limits) }
        #expect(throws: PDFFault.limit("values in objects")) { try parse("[1 2 3 4 5 6 7 8 9 10]", limits: limits) }
    }
}
