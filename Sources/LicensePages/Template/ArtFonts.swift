import PDF

/// Makes the fonts of imported art small.
///
/// Cairo embeds all subroutines of a CFF font with every subset: 120 KB for fifty ideographs.
enum ArtFonts {
    /// Writes every CID-keyed CFF font of `builder` afresh: same glyphs, same CIDs, flat programs. Others stay as they are.
    static func slim(in builder: inout PDFBuilder, of file: PDFFile) {
        for number in 1..<(builder.objects.count + 1) {
            let reference = PDFReference(number: number)
            guard let stream = builder.object(reference)?.stream,
                stream.dictionary["Subtype"] == .name("CIDFontType0C"),
                let program = try? slimmed(file.decodedBytes(of: stream))
            else { continue }
            var packed = PDFBuilder()
            let smaller = packed.addStream(program, dictionary: ["Subtype": .name("CIDFontType0C")], level: 9)
            if let object = packed.object(smaller) { builder.set(reference, to: object) }
        }
    }

    private static func slimmed(_ program: [UInt8]) throws(FontFault) -> [UInt8] {
        let font = try CFFFont(FontTable(copying: program))
        guard font.charStrings.count <= 5000 else { throw FontFault("too many glyphs") }
        return try CFFWriter.font(
            GlyphCache(font), name: font.name, glyphs: Array(0..<font.charStrings.count),
            identifiers: try font.identifiers())
    }
}
