import Testing

@testable import LicensePages

struct CFFFontTests {
    private func face(_ style: FaceStyle = .serif) throws -> FontFace { try #require(FontLibrary()[style]) }

    private func subset(_ glyphs: [Int], _ identifiers: [Int]) throws -> [UInt8] {
        try CFFWriter.font(try face().glyphs, name: "Test", glyphs: glyphs, identifiers: identifiers)
    }

    @Test func `a subset reads back with its glyphs, CIDs and widths`() throws {
        let glyphs = [0, 34, 1200, 20_000, 60_000, 34]
        let font = try CFFFont(FontTable(copying: try subset(glyphs, [0, 1, 2, 3, 4, 5])))
        #expect(font.charStrings.count == 6)
        #expect(try font.identifiers() == [0, 1, 2, 3, 4, 5])
        let whole = try face().cff
        for (place, glyph) in glyphs.enumerated() {
            let flat = try GlyphProgram.flat(glyph, of: whole)
            #expect(try font.charStrings.bytes(place) == flat)
            let (mine, original) = (font.parts[try font.part(of: place)], whole.parts[try whole.part(of: glyph)])
            #expect(mine.defaultWidth == original.defaultWidth)
            #expect(mine.nominalWidth == original.nominalWidth)
        }
    }

    @Test func `CIDs with gaps read back`() throws {
        let font = try CFFFont(FontTable(copying: try subset([0, 34, 35], [0, 7, 900])))
        #expect(try font.identifiers() == [0, 7, 900])
    }

    @Test func `a flat program stays as it is when flattened again`() throws {
        let glyphs = [0, 40, 2000, 31_000]
        let font = try CFFFont(FontTable(copying: try subset(glyphs, [0, 1, 2, 3])))
        for place in glyphs.indices {
            let program = try font.charStrings.bytes(place)
            #expect(try GlyphProgram.flat(place, of: font) == program)
            #expect(program.last == 14)
        }
    }

    @Test func `the same glyphs give the same bytes`() throws {
        #expect(try subset([0, 9, 99], [0, 1, 2]) == subset([0, 9, 99], [0, 1, 2]))
    }

    @Test func `fonts cut off or changed anywhere are refused or read, never a trap`() throws {
        let bytes = try subset([0, 34, 1200], [0, 1, 2])
        for length in 0..<bytes.count { examine(Array(bytes[..<length])) }
        for index in bytes.indices {
            for value: UInt8 in [0, 0x7F, 0xFF, bytes[index] ^ 1] {
                var changed = bytes
                changed[index] = value
                examine(changed)
            }
        }
    }

    private func examine(_ bytes: [UInt8]) {
        guard let font = try? CFFFont(FontTable(copying: bytes)) else { return }
        _ = try? font.identifiers()
        for glyph in 0..<min(font.charStrings.count, 4) { _ = try? GlyphProgram.flat(glyph, of: font) }
    }

    @Test func `a glyph that is not there is refused`() throws {
        let font = try face().cff
        #expect(throws: FontFault.self) { try GlyphProgram.flat(-1, of: font) }
        #expect(throws: FontFault.self) { try GlyphProgram.flat(70_000, of: font) }
    }
}
