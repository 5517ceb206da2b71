/// Yams stops at the first map that holds a key twice. So that the rest of the file is still checked, the first of the two is masked in
/// the text (its first character becomes a private-use one, so no place moves) and the text is read again.
struct DoubleKeys {
    private static let firstMask: UInt32 = 0xE000

    private var scalars: [Unicode.Scalar]
    private var lineStarts: [Int] = [0]
    private var masked: [Place: Unicode.Scalar] = [:]

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            let isBreak =
                switch scalar {
                case "\n", "\u{85}", "\u{2028}", "\u{2029}": true
                case "\r": index + 1 == scalars.count || scalars[index + 1] != "\n"
                default: false
                }
            if isBreak { lineStarts.append(index + 1) }
        }
    }

    var text: String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text
    }

    /// `false` when the key there cannot be masked or there are too many.
    mutating func mask(at place: Place) -> Bool {
        guard masked.count < YAMLDocument.maximumDoubleKeys, masked[place] == nil,
            place.line >= 1, place.line <= lineStarts.count, place.column >= 1,
            let mask = Unicode.Scalar(DoubleKeys.firstMask + UInt32(masked.count))
        else { return false }
        var index = lineStarts[place.line - 1] + place.column - 1
        guard index < scalars.count else { return false }
        if scalars[index] == "\"" || scalars[index] == "'" { index += 1 }
        // Escapes, tags and block scalars change their meaning with their first character.
        guard index < scalars.count, !"\\\"'!&*|>[]{}?#,\n".unicodeScalars.contains(scalars[index]) else {
            return false
        }
        masked[place] = scalars[index]
        scalars[index] = mask
        return true
    }

    /// The key as the file has it.
    func original(_ key: String, at place: Place) -> String {
        guard let first = masked[place] else { return key }
        return String(first) + key.unicodeScalars.dropFirst().map(String.init).joined()
    }
}
