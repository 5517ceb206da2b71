/// Language tags as policies write them: a primary subtag in lower case and perhaps more (RFC 5646 §2.1.1), `zh`, `zh-Hant`.
enum LanguageTag {
    static func isValid(_ tag: String) -> Bool {
        let parts = tag.split(separator: "-", omittingEmptySubsequences: false)
        guard let primary = parts.first, (2...3).contains(primary.utf8.count), tag.utf8.count <= 35 else {
            return false
        }
        return primary.utf8.allSatisfy { (0x61...0x7A).contains($0) }
            && parts.dropFirst().allSatisfy { part in
                (1...8).contains(part.utf8.count) && part.utf8.allSatisfy(\.isASCIIAlphanumeric)
            }
    }
}

extension FileFaults {
    func reportLanguage(_ tag: String, at place: Place) {
        guard !LanguageTag.isValid(tag) else { return }
        report("`\(tag.shortened)` is no language tag: expected one like `en`, `zh` or `zh-Hant`", at: place)
    }
}

extension Reader where Output == String {
    static var language: Reader {
        scalar("a language tag like `en` or `zh`") { text, _ throws(Misreading) in
            guard LanguageTag.isValid(text) else {
                throw Misreading("`\(text.shortened)` is no language tag: expected one like `en`, `zh` or `zh-Hant`")
            }
            return text
        }
    }
}

extension UInt8 {
    var isASCIIAlphanumeric: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
    }
}
