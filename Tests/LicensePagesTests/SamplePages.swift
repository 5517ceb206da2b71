import Foundation
import Licensing
import PDF
import Primitives

@testable import LicensePages

/// A type, its license and templates to draw it on.
enum SamplePages {
    static let authority = Authority(
        name: text("示例市政务服务中心", "Example City"), code: code("11100000000013338W"), languages: ["zh", "en"])
    static let department = Department(
        id: "market-regulation", name: text("市场监督管理局", "Market Regulation Bureau"), code: code("11110000000021135M"),
        sector: "commerce", signerAlgorithm: .es256)
    static let number = "1.2.156.3005.2.11100000000013338W001.11110000000021135M.20260001A7.001.P"
    static let qrText = "HTTPS://LICENSES.EXAMPLE.GOV/V#" + String(repeating: "2QKX7ABCDE5FGHIJ", count: 25)

    static func code(_ text: String) -> SocialCreditCode {
        SocialCreditCode(text)!
    }

    static func text(_ chinese: String, _ english: String) -> LocalizedText {
        LocalizedText(["zh": chinese, "en": english])!
    }

    static func day(_ text: String) -> CalendarDate {
        CalendarDate(text)!
    }

    static func field(_ name: String, _ kind: FieldDefinition.Kind) -> FieldDefinition {
        FieldDefinition(name: name, label: text(name, name), kind: kind, isRequired: false, isPersonal: false)
    }

    static let choices = [
        FieldDefinition.Choice(code: "limited", label: text("有限责任公司", "Limited company")),
        FieldDefinition.Choice(code: "catering", label: text("餐饮服务经营者", "Catering")),
    ]

    static func type(
        _ id: String = "sample", fields: [FieldDefinition] = standardFields,
        pages: [String: String] = ["zh": "page.svg"]
    ) -> LicenseType {
        LicenseType(
            id: id, code: "11100000000013338W001", name: text("营业执照", "Business License"),
            departments: ["market-regulation"], holder: .organization, validity: .years(10), requiredCheckers: 0,
            formats: [.pdf], fields: fields, pages: pages, statusCodes: [:])
    }

    static let standardFields = [
        field("scope", .text(maximumLength: 1000)), field("kind", .choice(choices)), field("since", .date),
        field("count", .integer), field("share", .decimal), field("unit", .organizationCode),
        field("owner", .personID), field("photo", .photo(maximumBytes: 100_000, maximumPixels: 1_000_000)),
    ]

    static func content(
        _ values: [String: FieldValue] = [:], type: LicenseType = type(),
        holders: [Holder] = [Holder(name: "示例市晨光软件有限公司", idType: "001", id: "91350100M000100Y43")],
        validUntil: CalendarDate? = day("2036-01-07"), qrText: String = qrText, isSpecimen: Bool = false
    ) -> PageContent {
        PageContent(
            type: type, department: department, authority: authority, number: number, holders: holders, values: values,
            validFrom: day("2026-01-08"), validUntil: validUntil, issuedOn: day("2026-01-08"), qrText: qrText,
            isSpecimen: isSpecimen)
    }

    /// An SVG of 600 by 400 units around `body`.
    static func svg(_ body: String, root: String = "width=\"150mm\" height=\"100mm\" viewBox=\"0 0 600 400\"") -> String
    {
        "<svg xmlns=\"http://www.w3.org/2000/svg\" \(root)>\n\(body)\n</svg>\n"
    }

    /// Compiles `templates` by file name for `type`, from a folder that is gone afterwards.
    static func pages(
        _ templates: [String: String], type: LicenseType = type()
    ) throws -> TemplatePages {
        let folder = FileManager.default.temporaryDirectory.appending(path: "pages-\(UUID())")
        let own = folder.appending(path: "licenses/\(type.id)")
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in templates { try Data(text.utf8).write(to: own.appending(path: name)) }
        return try TemplatePages(policy: policy([type]), folder: folder.path)
    }

    static func pages(_ body: String) throws -> TemplatePages { try pages(["page.svg": svg(body)]) }

    static func policy(_ types: [LicenseType]) -> LicensingPolicy {
        LicensingPolicy(
            authority: authority, departments: [department.id: department],
            types: Dictionary(types.map { ($0.id, $0) }) { first, _ in first })
    }

    /// The faults of a template; empty when it compiles.
    static func faults(_ svg: String) throws -> [TemplateFault] {
        do {
            _ = try pages(["page.svg": svg])
            return []
        } catch let faults as TemplateFaults {
            return faults.faults
        }
    }

    /// A whole file of the page, as a reader gets it.
    static func file(_ page: RenderedPage) throws -> PDFFile { try PDFFile(parsing: bytes(page)) }

    static func bytes(_ page: RenderedPage) throws -> [UInt8] {
        var builder = page.builder
        let tree = builder.reserve()
        for reference in page.pages {
            var entries = builder.object(reference)?.dictionary ?? [:]
            entries["Parent"] = .reference(tree)
            builder.set(reference, to: .dictionary(entries))
        }
        let kids = page.pages.map { PDFObject.reference($0) }
        builder.set(
            tree, to: .dictionary(["Type": .name("Pages"), "Count": .integer(kids.count), "Kids": .array(kids)]))
        let root = builder.add(.dictionary(["Type": .name("Catalog"), "Pages": .reference(tree)]))
        return try PDFWriter.bytes(of: builder, root: root, identifier: [UInt8](repeating: 1, count: 16))
    }

    /// What `template` shows of `content`, by field.
    static func texts(_ body: String, _ content: PageContent) throws -> [String: String] {
        let texts = try file(try pages(body).render(content)).fieldTexts()
        return Dictionary(texts.map { ($0.name, $0.text) }) { $0 + $1 }
    }

    /// Head and shoulders it is not: the smallest header that says 200 by 300 in colour; pages do not look further.
    static let photo = JPEGImage(bytes: [0xFF, 0xD8, 0xFF, 0xD9], width: 200, height: 300, components: 3)
}
