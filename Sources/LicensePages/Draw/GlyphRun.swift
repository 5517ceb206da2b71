/// Glyphs of one line as text-showing operators (ISO 32000-2 §9.4.3).
struct GlyphRun {
    let size: Double
    private var face: FaceStyle?
    /// Codes not yet in `pieces`.
    private var codes: [UInt8] = []
    private var pieces = ""
    /// What the next glyph is moved to the right by, in thousandths of the em.
    private var shift = 0

    init(size: Double) {
        self.size = size
    }

    mutating func show(_ glyph: ShapedGlyph, code: Int, on writer: inout ContentWriter) {
        if glyph.face != face {
            finish(on: &writer)
            writer.line("/\(FontEmbedder.resourceName(glyph.face)) \(ContentWriter.text(size)) Tf")
            face = glyph.face
        }
        let rise = Int((glyph.shiftY * 1000).rounded())
        move(by: glyph.shiftX)
        if rise != 0 {
            finish(on: &writer)
            writer.line("\(ContentWriter.text(glyph.shiftY * size)) Ts")
        }
        if shift != 0 {
            closeString()
            pieces += String(-shift)
            shift = 0
        }
        codes += [UInt8(truncatingIfNeeded: code >> 8), UInt8(truncatingIfNeeded: code)]
        if rise != 0 {
            finish(on: &writer)
            writer.line("0 Ts")
        }
        move(by: glyph.advance - glyph.width - glyph.shiftX)
    }

    /// Writes what has been collected.
    mutating func finish(on writer: inout ContentWriter) {
        closeString()
        if !pieces.isEmpty { writer.line("[\(pieces)] TJ") }
        pieces = ""
    }

    /// Ems.
    private mutating func move(by distance: Double) {
        shift += Int((distance * 1000).rounded())
    }

    private mutating func closeString() {
        if !codes.isEmpty { pieces += ContentWriter.hexadecimal(codes) }
        codes = []
    }
}
