/// The glyphs that one document shows, numbered by face; becomes the document's fonts.
struct GlyphCollection {
    /// The same glyph under another text gets another code, so that copied text is always the text that was set.
    struct Use: Hashable {
        let glyph: Int
        let text: String
    }

    private(set) var uses: [FaceStyle: [Use]] = [:]
    private var codes: [FaceStyle: [Use: Int]] = [:]

    /// The code that shows `glyph` in the face's font: its CID, from 1.
    mutating func code(for glyph: ShapedGlyph) -> Int {
        let use = Use(glyph: glyph.glyph, text: glyph.text)
        if let code = codes[glyph.face]?[use] { return code }
        let code = (uses[glyph.face]?.count ?? 0) + 1
        uses[glyph.face, default: []].append(use)
        codes[glyph.face, default: [:]][use] = code
        return code
    }
}
