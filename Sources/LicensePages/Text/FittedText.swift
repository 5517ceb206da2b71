/// A field's text at the size and in the lines in which it fits.
struct FittedText {
    struct Line {
        let glyphs: ArraySlice<ShapedGlyph>
        /// From the anchor to where the line begins; user units.
        let startX: Double
        /// From the placement's baseline down; user units.
        let baseline: Double
    }

    /// User units.
    let size: Double
    /// User units, at `size`.
    let letterSpacing: Double
    let lines: [Line]
}
