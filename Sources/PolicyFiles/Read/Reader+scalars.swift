extension Reader where Output == String {
    /// One line of text that says something.
    static func text(_ expectation: String, maximumLength: Int) -> Reader {
        scalar(expectation) { text, _ throws(Misreading) in
            guard text.contains(where: { !$0.isWhitespace }) else {
                throw Misreading("an empty text: expected \(expectation)")
            }
            guard text.count <= maximumLength else {
                throw Misreading("a text of \(text.count) characters: at most \(maximumLength) are allowed here")
            }
            guard !text.contains(where: \.isNewline) else {
                throw Misreading("a text over several lines: write one line")
            }
            return text
        }
    }
}

extension Reader where Output == Int {
    /// Decimal digits without quotes, both ends of `range` included.
    static func integer(in range: ClosedRange<Int>) -> Reader {
        scalar("a whole number from \(range.lowerBound) to \(range.upperBound)") { text, isQuoted throws(Misreading) in
            guard !isQuoted else { throw Misreading("`\(text.shortened)` is a text: write the number without quotes") }
            let isDecimal = text.utf8.allSatisfy { (0x30...0x39).contains($0) } && (text == "0" || text.first != "0")
            guard isDecimal, let number = Int(text), range.contains(number) else { throw Misreading() }
            return number
        }
    }
}

extension Reader where Output == Bool {
    static var flag: Reader {
        scalar("`true` or `false`") { text, isQuoted throws(Misreading) in
            guard !isQuoted else {
                throw Misreading("`\(text.shortened)` is a text: write `true` or `false` without quotes")
            }
            switch text {
            case "true": return true
            case "false": return false
            default: throw Misreading()
            }
        }
    }
}

extension Reader {
    /// One of a few words.
    static func word(_ words: [(String, Output)]) -> Reader {
        let names = words.map(\.0)
        return scalar("one of " + names.map { "`\($0)`" }.joined(separator: ", ")) { text, _ throws(Misreading) in
            if let match = words.first(where: { $0.0 == text }) { return match.1 }
            guard let nearest = Suggestion.nearest(to: text, among: names) else { throw Misreading() }
            throw Misreading("unknown word `\(text.shortened)`: did you mean `\(nearest)`?")
        }
    }

    /// One of the words of an enumeration.
    static func word() -> Reader where Output: CaseIterable & RawRepresentable<String> {
        word(Output.allCases.map { ($0.rawValue, $0) })
    }
}
