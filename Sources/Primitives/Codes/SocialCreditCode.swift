/// A unified social credit code (GB 32100-2015): 18 characters whose last one checks the others.
package struct SocialCreditCode: Hashable, Sendable, CustomStringConvertible {
    package let text: String

    /// `nil` when the length, a character or the check character is wrong.
    package init?(_ text: String) {
        guard text.utf8.count == 18, let last = text.last,
            CheckCharacter.socialCreditCode(String(text.dropLast())) == last
        else { return nil }
        self.text = text
    }

    package var description: String { text }

    /// Whether characters 9 to 17 carry a right GB 11714 code. Some early pilot codes legally do not: a warning only.
    package var carriesOrganizationCode: Bool {
        let part = text.dropFirst(8).dropLast()
        return part.last == CheckCharacter.organizationCode(String(part.dropLast()))
    }
}
