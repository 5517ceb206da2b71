/// A citizen id number (GB 11643-1999). It is personal data: only the masked form prints.
package struct CitizenID: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
    /// All 18 characters; for encryption and for the page only.
    package let exposedText: String

    /// `nil` when a digit, the birth date or the check character is wrong.
    package init?(_ text: String) {
        guard text.utf8.count == 18, let last = text.last,
            CheckCharacter.citizenID(String(text.dropLast())) == last
        else { return nil }
        let digits = Array(text)
        let birth = String(digits[6..<10]) + "-" + String(digits[10..<12]) + "-" + String(digits[12..<14])
        guard CalendarDate(birth) != nil else { return nil }
        exposedText = text
    }

    package var description: String { CitizenID.mask(exposedText) }
    package var customMirror: Mirror { Mirror(self, children: []) }

    /// The first 6 and the last 4 characters of `text`; shorter texts are hidden whole.
    package static func mask(_ text: String) -> String {
        guard text.count > 10 else { return String(repeating: "*", count: text.count) }
        return text.prefix(6) + String(repeating: "*", count: text.count - 10) + text.suffix(4)
    }
}
