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

    var isSpace: Bool { text == " " || text == "\u{3000}" || text == "\u{A0}" || isLineBreak }
    var isLineBreak: Bool { text == "\n" }
}
