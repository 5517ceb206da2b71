import Synchronization

/// The flat programs of a face's glyphs, each made once: the characters of one license are mostly those of the last.
///
/// Bounded by the glyphs of the face, some 15 MB where a batch shows every one.
final class GlyphCache: Sendable {
    let font: CFFFont
    private let programs = Mutex<[Int: [UInt8]]>([:])

    init(_ font: CFFFont) {
        self.font = font
    }

    /// The flat program of `glyph`.
    func program(_ glyph: Int) throws(FontFault) -> [UInt8] {
        if let known = programs.withLock({ $0[glyph] }) { return known }
        // Outside of the lock; two threads may do the same work, with the same result.
        let program = try GlyphProgram.flat(glyph, of: font)
        programs.withLock { $0[glyph] = program }
        return program
    }
}
