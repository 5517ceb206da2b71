/// The language of one page.
struct PageLanguage: Hashable, Sendable {
    /// The languages that pages are written in.
    enum Words: String, Hashable, Sendable, CaseIterable {
        case zh
        case en
    }

    /// As the authority has it: for `lang` and for texts of policy files.
    let tag: String
    let words: Words

    /// `nil` for a language that pages are not written in.
    init?(_ tag: String) {
        guard let words = Words(rawValue: PageLanguage.primary(tag)) else { return nil }
        (self.tag, self.words) = (tag, words)
    }

    private init(_ words: Words) {
        (tag, self.words) = (words.rawValue, words)
    }

    /// The first wish that is on offer, else the authority's first language.
    ///
    /// - Parameters:
    ///   - locales: `ui_locales`, which come first (OpenID Connect Core §3.1.2.1).
    ///   - acceptLanguage: the header.
    ///   - offered: tags, the default first.
    static func choose(locales: [String], acceptLanguage: String?, offered: [String]) -> PageLanguage {
        let offered = offered.compactMap { PageLanguage($0) }
        for wish in locales + AcceptLanguage.tags(acceptLanguage ?? "") {
            if let match = offered.first(where: { $0.tag.lowercased() == wish.lowercased() })
                ?? offered.first(where: { primary($0.tag) == primary(wish) })
            {
                return match
            }
        }
        return offered.first ?? PageLanguage(.en)
    }

    private static func primary(_ tag: String) -> String {
        String(tag.prefix { $0 != "-" }).lowercased()
    }
}

/// `Accept-Language` (RFC 9110 §12.5.4).
enum AcceptLanguage {
    /// Bytes and ranges that are looked at.
    private static let (maximumLength, maximumRanges) = (400, 20)

    /// Ranges by falling weight; `*` and those with weight 0 are left out.
    static func tags(_ header: String) -> [String] {
        let parts = header.utf8.prefix(maximumLength).split(separator: UInt8(ascii: ",")).prefix(maximumRanges)
        let weighted = parts.compactMap { part -> (tag: String, weight: Int)? in
            let words = String(decoding: part, as: UTF8.self).filter { $0 != " " && $0 != "\t" }
                .split(separator: ";", maxSplits: 1)
            guard let tag = words.first, tag != "*" else { return nil }
            let weight = words.count > 1 ? self.weight(words[1]) : 1000
            return weight > 0 ? (String(tag), weight) : nil
        }
        // Stable: of equal weights the first in the header comes first.
        return weighted.enumerated().sorted { ($1.element.weight, $0.offset) < ($0.element.weight, $1.offset) }
            .map(\.element.tag)
    }

    /// `q=0.8` in thousandths; what cannot be read counts as 1.
    private static func weight(_ text: Substring) -> Int {
        guard text.hasPrefix("q="), let value = Double(text.dropFirst(2)), value >= 0, value <= 1 else { return 1000 }
        return Int(value * 1000)
    }
}
