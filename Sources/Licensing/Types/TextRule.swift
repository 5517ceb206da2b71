import Primitives

/// Which texts may stand on a license: what can be seen and read only one way. Texts are kept as given, never normalised.
enum TextRule {
    /// What is wrong with `text`; `nil` when nothing is.
    ///
    /// - Parameter maximumLength: Unicode scalars, so that a single letter cannot carry endless marks.
    static func fault(in text: String, maximumLength: Int, allowsLineBreaks: Bool = false) -> String? {
        guard text.utf8.count / 4 <= maximumLength, text.unicodeScalars.count <= maximumLength else {
            return "must not be longer than \(maximumLength) characters"
        }
        for scalar in text.unicodeScalars where !(allowsLineBreaks && scalar == "\n") {
            if let kind = forbiddenKind(scalar) {
                let code = String(scalar.value, radix: 16, uppercase: true)
                let zeros = String(repeating: "0", count: max(0, 4 - code.utf8.count))
                return "must not contain \(kind) (U+\(zeros)\(code))"
            }
        }
        guard let first = text.first, let last = text.last, !first.isWhitespace, !last.isWhitespace else {
            return "must not be empty, or begin or end with white space"
        }
        return nil
    }

    private static func forbiddenKind(_ scalar: Unicode.Scalar) -> String? {
        // Joiners shape letters and emoji of several scripts.
        if scalar.value == 0x200C || scalar.value == 0x200D { return nil }
        if scalar.value == 0xFFFD { return "a replacement character left by a broken conversion" }
        if scalar.properties.isNoncharacterCodePoint { return "a code that is no character" }
        return switch scalar.properties.generalCategory {
        case .control: "a control character"
        // Overrides of the writing direction, zero-width spaces, tags: text that reads otherwise than it is stored.
        case .format: "an invisible formatting character"
        case .lineSeparator, .paragraphSeparator: "a separator other than a line break"
        default: nil
        }
    }
}
