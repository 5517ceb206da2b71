import Audit
import Primitives
import Testing

@testable import Licensing

@Suite struct IssueRefusalTests {
    private let test = TestOffice()

    private func issue(
        _ type: LicenseType, _ application: JSONValue, department: String? = nil, key: String? = nil
    ) async throws -> IssuedLicense {
        try await test.office.issue(
            type.read(application, photo: nil), type: type, department: department, idempotencyKey: key,
            actor: "operator")
    }

    private let anyone: JSONValue = ["holder": ["name": "甲", "idType": "999", "id": "1"]]

    @Test func `a type that the policy does not have, or has otherwise, is refused`() async throws {
        let foreign = OfficePolicy.type("foreign", "009", validity: .permanent, fields: [])
        await #expect(throws: IssueRefusal.unknownType) { try await issue(foreign, anyone) }
        let changed = OfficePolicy.type("checked", "003", validity: .permanent, checkers: 0, fields: [])
        await #expect(throws: IssueRefusal.unknownType) { try await issue(changed, anyone) }
        #expect(test.register.steps.isEmpty)
    }

    @Test func `a department must be known, allowed, and named where there are several`() async throws {
        await #expect(throws: IssueRefusal.departmentAmbiguous(["market-regulation", "housing"])) {
            try await issue(OfficePolicy.shared, anyone)
        }
        await #expect(throws: IssueRefusal.unknownDepartment) {
            try await issue(OfficePolicy.shared, anyone, department: "nobody")
        }
        let license = try await issue(OfficePolicy.shared, anyone, department: "housing")
        #expect(license.number.issuerCode == OfficePolicy.housing.code.text)
    }

    @Test func `a department that may not issue is refused and put on record`() async throws {
        await #expect(throws: IssueRefusal.departmentNotAllowed) {
            try await issue(OfficePolicy.shop, OfficePolicy.shopApplication, department: "housing")
        }
        #expect(test.register.numbers.isEmpty)
        #expect(test.register.entries.map(\.outcome) == [.refused])
        #expect(test.register.entries.map(\.department) == ["housing"])
    }

    @Test func `a type with checkers is refused until approvals exist`() async throws {
        await #expect(throws: IssueRefusal.needsCheckers) { try await issue(OfficePolicy.checked, anyone) }
        #expect(test.register.steps.isEmpty)
    }

    @Test func `an application checked against another type opens nothing`() async throws {
        let application = try OfficePolicy.shop.read(OfficePolicy.shopApplication, photo: nil)
        await #expect(throws: IssueRefusal.otherType) {
            try await test.office.issue(
                application, type: OfficePolicy.officer, department: nil, idempotencyKey: nil, actor: "operator")
        }
        #expect(test.register.steps.isEmpty)
    }

    @Test func `a validity that is over is refused at its field`() async throws {
        var application = try #require(OfficePolicy.officerApplication.object)
        application.setField("through", to: "2026-11-21")
        let reason = "must be a day that is not over yet"
        await #expect(throws: IssueRefusal.application([ApplicationFault(path: "fields.through", reason: reason)])) {
            try await issue(OfficePolicy.officer, .object(application))
        }
    }

    @Test func `a character without glyph voids the number and names the field`() async throws {
        let refusal = PageRefusal.noGlyph(field: "holder.name", character: "\u{2A6A5}")
        await #expect(throws: IssueRefusal.page(refusal)) { try await test.shop { $0.rename("𪚥店") } }
        #expect(test.register.states == [.void])
        #expect(test.register.events == [.numberReserved, .numberVoided])
        let number = try #require(test.register.numbers.first)
        #expect(try await test.office.documents(of: number).isEmpty)
        let reason = test.register.row(number)?.history.last?.reason
        #expect(reason == "holder.name has a character that no font has")
        #expect("\(IssueRefusal.page(refusal))" == "holder.name has a character that no font has (U+2A6A5)")
    }

    @Test func `a value without room voids the number and names the field`() async throws {
        await #expect(throws: IssueRefusal.page(.doesNotFit(field: "scope"))) {
            try await test.shop { $0.setField("scope", to: .string(String(repeating: "x", count: 61))) }
        }
        #expect(test.register.states == [.void])
    }

    @Test(arguments: ["", "é", "a\nb", String(repeating: "k", count: 201)])
    func `an idempotency key must be short and printable`(key: String) async throws {
        await #expect(throws: IssueRefusal.idempotencyKey) { try await test.shop(key: key) }
        #expect(test.register.steps.isEmpty)
    }

    @Test func `refusals of the register are handed on`() async throws {
        test.register.fail(.reserve, with: [RegisterRefusal.exhausted("serial"), RegisterRefusal.busy])
        await #expect(throws: IssueRefusal.register(.exhausted("serial"))) { try await test.shop() }
        await #expect(throws: IssueRefusal.register(.busy)) { try await test.shop() }
        #expect(test.pages.contents.isEmpty)
    }

    @Test func `a full queue for a moment costs no signed license`() async throws {
        test.register.fail(.complete, with: [RegisterRefusal.busy, RegisterRefusal.busy])
        _ = try await test.shop()
        #expect(test.register.steps == [.reserve, .complete, .complete, .complete])
        #expect(test.register.states == [.valid])
    }

    @Test func `a stored document that was changed is not handed out`() async throws {
        let license = try await test.shop()
        #expect(try await test.office.documents(of: license.number).count == 2)
        test.register.damageDocuments(of: license.number)
        await #expect(throws: DocumentFault(number: license.number, format: .pdf)) {
            try await test.office.documents(of: license.number)
        }
        let foreign = LicenseNumber(
            typeCode: OfficePolicy.shop.code, issuerCode: "11110000000021135M", serial: "1", version: 1)
        await #expect(throws: RegisterRefusal.unknownNumber) {
            try await test.office.documents(of: #require(foreign))
        }
    }

    @Test(arguments: [
        IssueRefusal.unknownType, .unknownDepartment, .departmentNotAllowed, .departmentAmbiguous(["a", "b"]),
        .needsCheckers, .otherType, .page(.noTemplate(type: "shop")), .register(.keyReused),
        .previousNotSupersedable(.revoked), .idempotencyKey, .issuerURL,
    ])
    func `every refusal is one plain sentence`(refusal: IssueRefusal) {
        let text = "\(refusal)"
        #expect(text.count > 15 && !text.contains("\n") && !text.contains("IssueRefusal"))
    }
}
