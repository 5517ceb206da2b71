import PDF
import Primitives

/// Holds the texts that a license page shows against the signed claims.
struct PageComparison {
    let claims: LicenseClaims

    /// What is wrong with the page's texts, in plain words; `nil` when nothing is.
    func fault(in texts: [PDFFieldText]) -> String? {
        texts.lazy.compactMap { fault(in: $0) }.first
    }

    private func fault(in field: PDFFieldText) -> String? {
        let text = field.text.withoutSpace
        if text.isEmpty { return nil }
        let name = field.name.shortened
        if name.isEmpty { return "the page shows text that belongs to no field" }
        if !field.isVisible { return "the page hides the text of \(name)" }
        // The authority's name is art with letters: nothing signed says it.
        if name == "authority.name" { return nil }
        guard let expected = expected(field.name) else {
            return "the page shows \(name), which the signed data do not have"
        }
        return expected.admits(text, value: field.value)
            ? nil : "the page shows another \(name) than the signed data say"
    }

    /// What the signed data say for a field of a page template; `nil` when nothing.
    private func expected(_ name: String) -> Expectation? {
        switch name {
        case "number": .texts([claims.number.description])
        case "holder.name": joined(claims.holders.map(\.name))
        case "holder.id": joined(claims.holders.map(\.id))
        case "holder.idType": .coded(claims.holders.compactMap(\.idType))
        case "validFrom": .date(claims.validFrom)
        case "validUntil": claims.validUntil.map { .date($0) } ?? .permanent
        case "issuedOn": .date(claims.issuedAt.date)
        case "issuer.code": .texts([claims.issuer.code])
        case "issuer.name": .texts(Array(claims.issuer.name.values))
        case "type.code": .texts([claims.type.code])
        case "type.name": .texts(Array(claims.type.name.values))
        default: claims.fields[name].flatMap { Expectation(claim: $0) }
        }
    }

    /// Several holders stand side by side; the sign between them depends on the page's language.
    private func joined(_ parts: [String?]) -> Expectation? {
        let texts = parts.compactMap { $0 }
        guard texts.count == parts.count else { return nil }
        return .texts(["、", ",", "，"].map { texts.joined(separator: $0) })
    }
}

/// What a page may show for one signed value.
private enum Expectation {
    /// One of these, white space aside.
    case texts([String])
    case date(CalendarDate)
    case permanent
    /// Labels of these codes, which the mark must name: the labels themselves are not signed.
    case coded([String])
    /// Either the text itself or the label of a choice with this code.
    case textOrChoice(String)

    init?(claim: JSONValue) {
        switch claim {
        case .string(let text):
            self = CalendarDate(text).map { .date($0) } ?? .textOrChoice(text)
        case .number(let digits): self = .texts([digits])
        case .bool(let flag): self = .texts([flag ? "true" : "false"])
        default: return nil
        }
    }

    /// - Parameters:
    ///   - text: without white space, not empty.
    ///   - value: the datum behind the text, as the mark has it.
    func admits(_ text: String, value: String?) -> Bool {
        switch self {
        case .texts(let texts): texts.contains { $0.withoutSpace == text }
        case .date(let date): value ?? date.description == date.description && PageDate.reads(text, as: date)
        case .permanent: value ?? "permanent" == "permanent" && PageDate.permanent.contains(text.lowercased())
        case .coded(let codes):
            value.map { Expectation.parts($0) == codes } ?? (Expectation.parts(text) == codes)
        case .textOrChoice(let claim):
            claim.withoutSpace == text || (value == claim && claim.isChoiceCode)
        }
    }

    private static func parts(_ text: String) -> [String] {
        text.split { ",、， ".contains($0) }.map(String.init)
    }
}

/// Dates as pages of the shipped languages write them.
private enum PageDate {
    /// Without white space, in lower case.
    static let permanent: Set<String> = ["长期", "長期", "permanent", "longterm", "long-term", "unlimited"]
    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    /// Whether `text`, without white space, is `date`: `2026年01月31日`, `2026-01-31`, `31January2026` or `January31,2026`.
    static func reads(_ text: String, as date: CalendarDate) -> Bool {
        let (year, month, day) = (String(date.year), String(date.month), String(date.day))
        let name = months[date.month - 1]
        let forms = [
            date.description, "\(year)年\(date.month.padded(2))月\(date.day.padded(2))日", "\(year)年\(month)月\(day)日",
            "\(day)\(name)\(year)", "\(date.day.padded(2))\(name)\(year)", "\(name)\(day),\(year)",
            "\(day)\(name.prefix(3))\(year)", "\(name.prefix(3))\(day),\(year)",
        ]
        return forms.contains(text.lowercased())
    }
}

extension String {
    /// Lines of a wrapped text are joined without spaces, so spaces cannot count.
    fileprivate var withoutSpace: String {
        String(String.UnicodeScalarView(unicodeScalars.filter { !$0.properties.isWhitespace }))
    }

    /// ASCII letters, digits, `.`, `_` and `-`: what policies allow as the code of a choice.
    fileprivate var isChoiceCode: Bool {
        (1...64).contains(utf8.count)
            && utf8.allSatisfy {
                (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
                    || [0x2D, 0x2E, 0x5F].contains($0)
            }
    }
}
