import Audit
import Primitives
import Testing

@testable import Licensing

@Suite struct SupersedeTests {
    private let test = TestOffice()
    private struct Stop: Error {}

    private func supersede(_ number: LicenseNumber, key: String? = nil) async throws -> IssuedLicense {
        try await test.office.supersede(
            number, with: test.shopApplication { $0.setField("staff", to: 9) }, idempotencyKey: key, actor: "operator")
    }

    @Test func `the next version has the same serial, and each knows the other`() async throws {
        let old = try await test.shop()
        test.clock.advance(seconds: 86_400)
        let new = try await supersede(old.number)
        #expect(new.number.serial == old.number.serial && new.number.version == 2)
        #expect(test.register.states == [.superseded, .valid])
        #expect(test.register.row(new.number)?.record.supersedes == old.number)
        #expect(test.register.row(old.number)?.record.supersededBy == new.number)
        #expect(test.pages.contents.last?.validFrom.description == "2026-11-23")
        let events = test.register.entries.suffix(3)
        #expect(events.map(\.event) == [.numberReserved, .licenseIssued, .licenseSuperseded])
        #expect(events.last?.object == old.number.description)
    }

    @Test func `only a license that stands is superseded`() async throws {
        let license = try await test.shop()
        try await test.office.changeStatus(license.number, .suspend, reason: "inspection", actor: "operator")
        await #expect(throws: IssueRefusal.previousNotSupersedable(.suspended)) { try await supersede(license.number) }
        try await test.office.changeStatus(license.number, .revoke, reason: "fraud", actor: "operator")
        await #expect(throws: IssueRefusal.previousNotSupersedable(.revoked)) { try await supersede(license.number) }
        let other = try await test.shop()
        let next = try await supersede(other.number)
        await #expect(throws: IssueRefusal.previousNotSupersedable(.superseded)) { try await supersede(other.number) }
        #expect(try await supersede(next.number).number.version == 3)
    }

    @Test func `an unknown number is refused`() async throws {
        let number = LicenseNumber(
            typeCode: OfficePolicy.shop.code, issuerCode: "11110000000021135M", serial: "X", version: 1)
        await #expect(throws: IssueRefusal.register(.unknownNumber)) { try await supersede(#require(number)) }
    }

    @Test func `an earlier license revoked meanwhile voids the new number`() async throws {
        let old = try await test.shop()
        test.register.fail(.complete, with: [Stop()])
        await #expect(throws: Stop.self) { try await supersede(old.number) }
        try await test.office.changeStatus(old.number, .revoke, reason: "fraud", actor: "operator")
        test.register.disown()
        let outcomes = try await test.office.finishUnfinished(actor: "chancery")
        #expect(outcomes.map(\.number) == [test.register.numbers[1]])
        #expect(test.register.states == [.revoked, .void])
        #expect(test.register.events.last == .numberVoided)
    }

    @Test func `a stop while superseding is finished with both ends of the link`() async throws {
        let old = try await test.shop()
        test.register.fail(.complete, with: [Stop()])
        await #expect(throws: Stop.self) { try await supersede(old.number) }
        #expect(test.register.states == [.valid, .pending])
        test.register.disown()
        _ = try await test.office.finishUnfinished(actor: "chancery")
        #expect(test.register.states == [.superseded, .valid])
        #expect(test.register.events.suffix(3) == [.licenseIssued, .licenseSuperseded, .issuanceFinishedAfterStop])
    }

    @Test func `a repeated key gives the successor made first`() async throws {
        let old = try await test.shop()
        let new = try await supersede(old.number, key: "s")
        let again = try await supersede(old.number, key: "s")
        #expect(again.number == new.number && again.wasThere)
    }
}
