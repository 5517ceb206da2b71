import Licensing
import Primitives

/// What a `data-field` shows of a license.
struct FieldContent {
    /// Names that every type has.
    static let builtIn = [
        "number", "holder.name", "holder.idType", "holder.id", "validFrom", "validUntil", "issuedOn", "issuer.name",
        "issuer.code", "type.name", "type.code", "authority.name",
    ]

    /// As a person reads it.
    let text: String
    /// The datum behind the text where the text is another: an ISO date, a code, `permanent`.
    let value: String?

    private init(_ text: String, value: String? = nil) {
        (self.text, self.value) = (text, value)
    }

    /// Whether a field of this name can be shown as text.
    static func isText(_ name: String, of type: LicenseType) -> Bool {
        if builtIn.contains(name) { return true }
        guard let field = type.field(name) else { return false }
        if case .photo = field.kind { return false }
        return true
    }

    /// `nil` when the license has no such value.
    init?(_ name: String, of content: PageContent, language: String) {
        switch name {
        case "number": self.init(content.number)
        case "holder.name", "holder.idType", "holder.id": self.init(holder: name, of: content.holders, language)
        case "validFrom": self.init(date: content.validFrom, language)
        case "validUntil":
            if let date = content.validUntil {
                self.init(date: date, language)
            } else {
                self.init(FieldContent.isChinese(language) ? "长期" : "Permanent", value: "permanent")
            }
        case "issuedOn": self.init(date: content.issuedOn, language)
        case "issuer.name": self.init(content.department.name[language])
        case "issuer.code": self.init(content.department.code.text)
        case "type.name": self.init(content.type.name[language])
        case "type.code": self.init(content.type.code)
        case "authority.name": self.init(content.authority.name[language])
        default:
            guard let value = content.values[name], let field = content.type.field(name) else { return nil }
            self.init(value, of: field, language)
        }
    }

    private init?(_ value: FieldValue, of field: FieldDefinition, _ language: String) {
        switch value {
        case .text(let text): self.init(text)
        case .integer(let number): self.init(String(number))
        case .decimal(let digits): self.init(digits)
        case .date(let date): self.init(date: date, language)
        case .choice(let code):
            guard case .choice(let choices) = field.kind, let choice = choices.first(where: { $0.code == code }) else {
                return nil
            }
            self.init(choice.label[language], value: code)
        case .organizationCode(let code): self.init(code.text)
        case .personID(let id): self.init(id.exposedText)
        case .photo: return nil
        }
    }

    private init(holder name: String, of holders: [Holder], _ language: String) {
        let separator = FieldContent.isChinese(language) ? "、" : ", "
        switch name {
        case "holder.name": self.init(holders.map(\.name).joined(separator: separator))
        case "holder.id": self.init(holders.map(\.id).joined(separator: separator))
        default:
            let kinds = holders.map { HolderIDType.name(of: $0.idType, isChinese: FieldContent.isChinese(language)) }
            self.init(kinds.joined(separator: separator), value: holders.map(\.idType).joined(separator: ","))
        }
    }

    private init(date: CalendarDate, _ language: String) {
        let text =
            FieldContent.isChinese(language)
            ? "\(date.year)年\(date.month.padded(2))月\(date.day.padded(2))日" : date.description
        self.init(text, value: date.description)
    }

    private static func isChinese(_ language: String) -> Bool { language == "zh" || language.hasPrefix("zh-") }
}
