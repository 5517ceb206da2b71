/// A glyph in its place in a line of text. Lengths are ems.
struct ShapedGlyph {
    let face: FaceStyle
    /// Its number in the face.
    let glyph: Int
    /// What it stands for: the whole text of its cluster on the cluster's first glyph, empty on the others.
    let text: String
    /// How far it moves on, which kerning may change.
    let advance: Double
    /// How far the face says that it moves on.
    let width: Double
    let shiftX: Double
    let shiftY: Double

    let isLineBreak: Bool
    let isSpace: Bool

    init(
        face: FaceStyle, glyph: Int, text: String, advance: Double, width: Double, shiftX: Double, shiftY: Double
    ) {
        (self.face, self.glyph, self.text) = (face, glyph, text)
        (self.advance, self.width, self.shiftX, self.shiftY) = (advance, width, shiftX, shiftY)
        isLineBreak = text == "\n"
        isSpace = isLineBreak || text == " " || text == "\u{3000}" || text == "\u{A0}"
    }
}
