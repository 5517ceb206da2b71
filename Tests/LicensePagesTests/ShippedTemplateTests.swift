import Foundation
import Licensing
import PDF
import Primitives
import Testing

@testable import LicensePages

/// The templates that come with Chancery, with values short and long.
struct ShippedTemplateTests {
    private static let types = [
        type(
            "business-license",
            ["registeredCapital", "legalRepresentative", "businessScope", "address"],
            [
                SamplePages.field("establishedOn", .date),
                SamplePages.field("enterpriseType", .choice(SamplePages.choices)),
            ]),
        type(
            "food-permit", ["businessAddress", "legalRepresentative", "items", "supervisor"],
            [SamplePages.field("businessForm", .choice(SamplePages.choices))]),
        type(
            "safety-officer", ["employer", "technicalTitle"],
            [
                SamplePages.field("category", .choice(SamplePages.choices)), SamplePages.field("birthDate", .date),
                SamplePages.field("workUnitCode", .organizationCode),
                SamplePages.field("photo", .photo(maximumBytes: 100_000, maximumPixels: 1_000_000)),
            ]),
    ]

    private static func type(_ id: String, _ texts: [String], _ others: [FieldDefinition]) -> LicenseType {
        SamplePages.type(id, fields: texts.map { SamplePages.field($0, .text(maximumLength: 1000)) } + others)
    }

    private static let policies = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "policies").path

    private func pages() throws -> TemplatePages {
        try TemplatePages(policy: SamplePages.policy(ShippedTemplateTests.types), folder: ShippedTemplateTests.policies)
    }

    private func value(of field: FieldDefinition, length: Int) -> FieldValue {
        switch field.kind {
        case .text(let limit):
            let length = ["businessScope", "items"].contains(field.name) ? length * 12 : length
            return .text(String(repeating: "示例市明德路（一）号", count: min(length, limit) / 10))
        case .date: return .date(SamplePages.day("2021-06-18"))
        case .choice: return .choice("limited")
        case .organizationCode: return .organizationCode(SamplePages.code("11110000000021135M"))
        default: return .photo(SamplePages.photo)
        }
    }

    private func content(_ type: LicenseType, length: Int) -> PageContent {
        let values = type.fields.map { ($0.name, value(of: $0, length: length)) }
        return SamplePages.content(Dictionary(values) { first, _ in first }, type: type)
    }

    @Test(arguments: types, [10, 30])
    func `every field is shown whole, with short and long values`(_ type: LicenseType, length: Int) throws {
        let content = content(type, length: length)
        let texts = try SamplePages.file(try pages().render(content)).fieldTexts()
        let shown = Dictionary(texts.map { ($0.name, $0.text) }) { first, _ in first }
        for field in type.fields where field.name != "photo" {
            let expected = FieldContent(field.name, of: content, language: "zh")
            #expect(shown[field.name] == expected?.text)
        }
        for name in ["number", "holder.name", "holder.id", "issuer.name", "validFrom", "validUntil", "issuedOn"] {
            #expect(shown[name]?.isEmpty == false, "\(name) is missing")
        }
        #expect(shown[""] == nil)
    }

    @Test(arguments: types)
    func `a page leaves room for signature and data in 60 KB`(_ type: LicenseType) throws {
        let page = try pages().render(content(type, length: 20))
        #expect(try SamplePages.bytes(page).count < 45_000)
    }
}
