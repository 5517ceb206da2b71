import OpenSSLCrypto
import PDF
import Primitives
import Testing

@testable import Licensing

@Suite struct PreviewTests {
    private let test = TestOffice()

    private var preview: PagePreview {
        PagePreview(
            policy: OfficePolicy.policy, renderer: test.pages, randomness: OpenSSLRandomness(),
            clock: FixedClock(Instant(secondsSinceEpoch: 1_795_600_000)), issuerURL: "http://localhost:8080")
    }

    @Test func `a preview is a page of sample values marked as specimen`() throws {
        let bytes = try preview.pdf(of: OfficePolicy.shop, department: nil)
        let content = try #require(test.pages.contents.first)
        #expect(content.isSpecimen)
        #expect(Set(content.values.keys) == Set(OfficePolicy.shop.fields.map(\.name)))
        #expect(content.values["scope"] == .text("scope示例") && content.values["kind"] == .choice("a"))
        #expect(LicenseNumber(content.number) != nil)
        let file = try PDFFile(parsing: bytes)
        #expect(try file.pages().count == 1)
        #expect(try file.fieldTexts().map(\.text).joined().contains("SPECIMEN"))
    }

    @Test func `a preview is no license: unsigned, without credential, without a number in the register`() throws {
        let file = try PDFFile(parsing: try preview.pdf(of: OfficePolicy.shop, department: nil))
        #expect(try file.signatures().isEmpty && file.attachments().isEmpty)
        #expect(test.register.steps.isEmpty)
        #expect(test.pages.contents.first?.qrText.contains("SPECIMENSPECIMEN") == true)
    }

    @Test func `sample values pass the checks of their own type`() throws {
        for type in OfficePolicy.policy.types.values {
            _ = try preview.pdf(of: type, department: nil)
            let content = try #require(test.pages.contents.last)
            let sample = Application(holders: content.holders, values: content.values, typeID: type.id)
            #expect(try type.read(sample.json, photo: nil) == sample)
        }
    }

    @Test func `a department must be one that may issue the type`() throws {
        #expect(throws: IssueRefusal.departmentNotAllowed) {
            try preview.pdf(of: OfficePolicy.shop, department: "housing")
        }
        #expect(throws: IssueRefusal.unknownDepartment) {
            try preview.pdf(of: OfficePolicy.shop, department: "nobody")
        }
        _ = try preview.pdf(of: OfficePolicy.shared, department: "housing")
        #expect(test.pages.contents.last?.department == OfficePolicy.housing)
    }
}
