/// Where lines may end: between ideographs and at spaces, with the punctuation that may not begin or end a line
/// (GB/T 15834-2011 annex A).
enum LineBreaking {
    private static let neverFirst: Set<Unicode.Scalar> = Set(
        "!%),.:;?]}¢°·’”…‰′″℃、。〃々〉》」』】〕〗〞！％），．：；？］｝～－—～".unicodeScalars)
    private static let neverLast: Set<Unicode.Scalar> = Set("$([{£¥‘“〈《「『【〔〖〝＄（［｛￡￥".unicodeScalars)

    /// What may happen between two glyphs.
    enum End {
        case never, allowed, always
        /// Only where a word is longer than a line.
        case split
    }

    /// Between glyphs that stand for `before` and `after`.
    static func end(after before: String, before after: String) -> End {
        if before == "\n" { return .always }
        if mayBreak(after: before, before: after) { return .allowed }
        return maySplit(after: before, before: after) ? .split : .never
    }

    /// Whether a line may end between glyphs that stand for `before` and `after`.
    static func mayBreak(after before: String, before after: String) -> Bool {
        // Glyphs without text belong to the cluster before them.
        guard let last = before.unicodeScalars.last, let first = after.unicodeScalars.first else { return false }
        if first == " " { return false }
        if last == " " || last == "\u{3000}" || last == "\n" { return true }
        guard !neverFirst.contains(first), !neverLast.contains(last) else { return false }
        return isIdeographic(last) || isIdeographic(first)
    }

    /// Whether a word that is longer than a line may be split here: numbers and addresses, after their punctuation.
    static func maySplit(after before: String, before after: String) -> Bool {
        guard [".", "-", "/", "_"].contains(before), let next = after.unicodeScalars.first else { return false }
        return next.properties.isAlphabetic || next.properties.numericType != nil
    }

    /// Han, kana, hangul, and the punctuation and full-width letters set with them.
    private static func isIdeographic(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x11FF, 0x2E80...0xA4CF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFFEF,
            0x1F200...0x1F2FF, 0x20000...0x3FFFF, 0x2014, 0x2026:
            true
        default: false
        }
    }
}
