import Audit
import Primitives
import Testing

@testable import Licensing

@Suite struct RecoveryTests {
    private let test = TestOffice()
    private struct Stop: Error {}

    /// Leaves a number as a process that was killed before its documents were stored.
    private func stopBeforeCompletion(_ change: (inout JSONObject) -> Void = { _ in }) async throws -> LicenseNumber {
        test.register.fail(.complete, with: [Stop()])
        let application = try test.shopApplication(changing: change)
        await #expect(throws: Stop.self) {
            try await test.office.issue(
                application, type: OfficePolicy.shop, department: nil, idempotencyKey: nil, actor: "operator")
        }
        test.register.disown()
        return try #require(test.register.numbers.last)
    }

    private func policy(shop: LicenseType?) -> LicensingPolicy {
        LicensingPolicy(
            authority: OfficePolicy.authority, departments: OfficePolicy.policy.departments,
            types: shop.map { ["shop": $0] } ?? [:])
    }

    @Test func `a start after a clean stop has nothing to do`() async throws {
        _ = try await test.shop()
        test.register.disown()
        #expect(try await test.office.finishUnfinished(actor: "chancery").isEmpty)
    }

    @Test func `a number left behind is finished with the days it was reserved for`() async throws {
        let number = try await stopBeforeCompletion()
        test.clock.advance(seconds: 3 * 86_400)
        let outcomes = try await test.office.finishUnfinished(actor: "chancery")
        #expect(outcomes == [.finished(number)])
        #expect(test.register.states == [.valid])
        #expect(test.register.events == [.numberReserved, .licenseIssued, .issuanceFinishedAfterStop])
        let content = try #require(test.pages.contents.last)
        #expect(content.validFrom.description == "2026-11-22" && content.issuedOn.description == "2026-11-25")
        #expect(try await test.office.documents(of: number).count == 2)
        #expect(try await test.office.finishUnfinished(actor: "chancery").isEmpty)
    }

    @Test func `a number whose page is refused now is voided with the reason`() async throws {
        let number = try await stopBeforeCompletion()
        test.pages.refuse(.noTemplate(type: "shop"))
        let outcomes = try await test.office.finishUnfinished(actor: "chancery")
        let reason = "the license type 'shop' has no page template"
        #expect(outcomes == [.voided(number, reason: reason)])
        #expect(test.register.events == [.numberReserved, .numberVoided])
        #expect(test.register.row(number)?.history.last?.reason == reason)
    }

    @Test func `a number whose type left the policy is voided with the reason`() async throws {
        let number = try await stopBeforeCompletion()
        let outcomes = try await test.office(under: policy(shop: nil)).finishUnfinished(actor: "chancery")
        #expect(outcomes == [.voided(number, reason: "the application no longer fits the policy")])
        #expect(test.register.states == [.void])
    }

    @Test func `a number whose application the policy would refuse now is voided`() async throws {
        let number = try await stopBeforeCompletion()
        let stricter = OfficePolicy.type(
            "shop", "001", holder: .organization, validity: .years(10),
            fields: OfficePolicy.shop.fields.filter { $0.name != "kind" })
        let outcomes = try await test.office(under: policy(shop: stricter)).finishUnfinished(actor: "chancery")
        #expect(outcomes.map(\.number) == [number])
        #expect(test.register.states == [.void])
    }

    @Test func `numbers left behind are all settled, each for itself`() async throws {
        let first = try await stopBeforeCompletion()
        let second = try await stopBeforeCompletion()
        let outcomes = try await test.office.finishUnfinished(actor: "chancery")
        #expect(Set(outcomes) == [.finished(first), .finished(second)])
        #expect(Set(test.register.numbers).count == 2)
    }

    @Test func `a number that cannot be settled does not keep the others from it`() async throws {
        _ = try await stopBeforeCompletion()
        _ = try await stopBeforeCompletion()
        test.register.fail(.complete, with: [Stop()])
        await #expect(throws: Stop.self) { try await test.office.finishUnfinished(actor: "chancery") }
        #expect(test.register.states.sorted { $0.rawValue < $1.rawValue } == [.pending, .valid])
        test.register.disown()
        #expect(try await test.office.finishUnfinished(actor: "chancery").count == 1)
        #expect(test.register.states == [.valid, .valid])
    }

    @Test func `an application that another key sealed voids nothing`() async throws {
        _ = try await stopBeforeCompletion()
        let office = LicenseOffice(
            policy: OfficePolicy.policy, register: test.register, keys: test.keys, renderer: test.pages,
            sealing: OtherSealing(), hashing: test.hashing, randomness: test.office.randomness, clock: test.clock,
            issuerURL: TestOffice.issuerURL)
        await #expect(throws: BoundSealing.Refused.self) { try await office.finishUnfinished(actor: "chancery") }
        #expect(test.register.states == [.pending])
    }

    @Test func `a key that does not sign leaves the number for the next start`() async throws {
        let broken = TestOffice(keys: OfficeKeys())
        broken.keys.breakDepartment(true)
        await #expect(throws: OfficeKeys.Broken.self) { try await broken.shop() }
        broken.register.disown()
        await #expect(throws: OfficeKeys.Broken.self) { try await broken.office.finishUnfinished(actor: "chancery") }
        #expect(broken.register.states == [.pending])
        broken.register.disown()
        broken.keys.breakDepartment(false)
        #expect(try await broken.office.finishUnfinished(actor: "chancery").count == 1)
        #expect(broken.register.states == [.valid])
    }
}

private struct OtherSealing: Sealing {
    func seal(_ plaintext: Secret, context: String) throws -> [UInt8] { plaintext.exposedBytes }
    func open(_ sealed: [UInt8], context: String) throws -> Secret { throw BoundSealing.Refused() }
    func lookupValue(of value: Secret, purpose: String) -> Digest {
        BoundSealing().lookupValue(of: value, purpose: purpose)
    }
}
