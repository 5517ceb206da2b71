import Primitives

extension Reader where Output == SocialCreditCode {
    /// GB 32100-2015.
    static var socialCreditCode: Reader {
        scalar("the unified social credit code, 18 characters") { text, _ throws(Misreading) in
            if let code = SocialCreditCode(text) { return code }
            throw Misreading(CodeProblem.socialCreditCode(text))
        }
    }
}

extension Reader where Output == String {
    /// The national type code: the defining authority's 18 characters and a 3-digit sequence (GB/T 36904).
    static var typeCode: Reader {
        scalar("the type code, 21 characters: the defining authority's code and three digits") {
            text, _ throws(Misreading) in
            if let problem = CodeProblem.typeCode(text) { throw Misreading(problem) }
            return text
        }
    }
}

/// Says what is wrong with a code, and what would be right.
enum CodeProblem {
    /// `text` is no right code.
    static func socialCreditCode(_ text: String) -> String {
        guard text.count == 18 else {
            return "a unified social credit code has 18 characters, `\(text.shortened)` has \(text.count)"
        }
        let body = String(text.dropLast())
        guard let right = CheckCharacter.socialCreditCode(body) else {
            let foreign = text.first { CheckCharacter.socialCreditCode(String(repeating: $0, count: 17)) == nil }
            return "`\(foreign.map(String.init) ?? text)` cannot stand in a unified social credit code: "
                + "only digits and capital letters without I, O, S, V and Z"
        }
        return
            "wrong check character in `\(text)`: \(body) is followed by \(right), so `\(body)\(right)` would be right"
    }

    /// `nil` when the code is right.
    static func typeCode(_ text: String) -> String? {
        guard text.count == 21 else {
            return "a type code has 21 characters, the defining authority's code and three digits; "
                + "`\(text.shortened)` has \(text.count)"
        }
        let authority = String(text.prefix(18))
        if SocialCreditCode(authority) == nil { return socialCreditCode(authority) }
        let sequence = text.suffix(3)
        guard sequence.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return
                "`\(sequence)` is no sequence number: a type code ends in three digits, for example `\(authority)001`"
        }
        return nil
    }
}
