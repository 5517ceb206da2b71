import Audit
import Primitives
import Testing

@testable import Licensing

@Suite struct StatusChangeTests {
    private let test = TestOffice()

    private func change(_ number: LicenseNumber, _ change: StatusChange, reason: String = "inspection") async throws {
        try await test.office.changeStatus(number, change, reason: reason, actor: "operator")
    }

    private func state(_ number: LicenseNumber) -> LicenseState? { test.register.row(number)?.record.state }

    @Test func `a license is suspended, reinstated and revoked, each with reason and audit entry`() async throws {
        let number = try await test.shop().number
        for (step, state, event) in [
            (StatusChange.suspend, LicenseState.suspended, AuditEvent.licenseSuspended),
            (.reinstate, .valid, .licenseReinstated), (.suspend, .suspended, .licenseSuspended),
            (.revoke, .revoked, .licenseRevoked),
        ] {
            let before = test.register.entries.count
            try await change(number, step, reason: "because of \(step)")
            #expect(self.state(number) == state)
            #expect(test.register.row(number)?.history.last?.reason == "because of \(step)")
            let entries = test.register.entries.dropFirst(before)
            #expect(entries.map(\.event) == [event] && entries.first?.outcome == .succeeded)
            #expect(entries.first?.department == "market-regulation" && entries.first?.object == number.description)
        }
    }

    @Test func `an impossible change names the state, changes nothing and is put on record`() async throws {
        let number = try await test.shop().number
        await #expect(throws: StatusRefusal.wrongState(.valid, .reinstate)) { try await change(number, .reinstate) }
        try await change(number, .revoke)
        for step in StatusChange.allCases {
            await #expect(throws: StatusRefusal.wrongState(.revoked, step)) { try await change(number, step) }
        }
        #expect(state(number) == .revoked)
        #expect(test.register.entries.suffix(3).allSatisfy { $0.outcome == .refused })
        #expect("\(StatusRefusal.wrongState(.revoked, .suspend))".contains("revoked"))
    }

    @Test func `a type whose status codes lack the word never gets there`() async throws {
        let number = try await test.officer().number
        let refusal = StatusRefusal.unknownStatus(.suspended, type: "officer")
        await #expect(throws: refusal) { try await change(number, .suspend) }
        #expect("\(refusal)" == "licenses of type 'officer' cannot be suspended: its statusCodes do not have that word")
        try await change(number, .revoke)
        #expect(state(number) == .revoked)
    }

    @Test(arguments: ["", " ", "a\nb", "a\u{7}b", "a\u{202E}b", String(repeating: "x", count: 201)])
    func `a reason is one visible line of at most 200 characters`(reason: String) async throws {
        let number = try await test.shop().number
        await #expect(throws: StatusRefusal.self) { try await change(number, .revoke, reason: reason) }
        #expect(state(number) == .valid)
        try await change(number, .revoke, reason: String(repeating: "理", count: 200))
    }

    @Test func `an unknown number and a type that left the policy are refused`() async throws {
        let foreign = LicenseNumber(
            typeCode: OfficePolicy.shop.code, issuerCode: "11110000000021135M", serial: "1", version: 1)
        await #expect(throws: StatusRefusal.unknownNumber) { try await change(#require(foreign), .revoke) }
        let number = try await test.shop().number
        let policy = LicensingPolicy(
            authority: OfficePolicy.authority, departments: OfficePolicy.policy.departments, types: [:])
        await #expect(throws: StatusRefusal.unknownType("shop")) {
            try await test.office(under: policy).changeStatus(number, .revoke, reason: "x", actor: "operator")
        }
    }

    @Test func `a superseded license takes no further change`() async throws {
        let number = try await test.shop().number
        _ = try await test.office.supersede(number, with: test.shopApplication(), actor: "operator")
        await #expect(throws: StatusRefusal.wrongState(.superseded, .revoke)) { try await change(number, .revoke) }
    }
}
