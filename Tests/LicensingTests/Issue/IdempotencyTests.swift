import Audit
import Primitives
import Testing

@testable import Licensing

@Suite struct IdempotencyTests {
    private let test = TestOffice()
    private struct DiskFault: Error {}

    @Test func `a repeated key gives the license made first, even after a status change`() async throws {
        let first = try await test.shop(key: "k")
        let again = try await test.shop(key: "k")
        #expect(again.number == first.number && again.documents == first.documents && again.wasThere)
        try await test.office.changeStatus(first.number, .revoke, reason: "closed", actor: "operator")
        #expect(try await test.shop(key: "k").documents == first.documents)
        #expect(test.register.numbers.count == 1 && test.pages.contents.count == 1)
    }

    @Test func `a key used for another application is refused`() async throws {
        _ = try await test.shop(key: "k")
        await #expect(throws: IssueRefusal.register(.keyReused)) {
            try await test.shop(key: "k") { $0.setField("staff", to: 4) }
        }
        #expect(test.register.numbers.count == 1)
    }

    @Test func `without a key two applications are two licenses`() async throws {
        #expect(try await test.shop().number != test.shop().number)
    }

    @Test func `a number that another process works on is not taken from it`() async throws {
        let application = try test.shopApplication()
        test.register.fail(.complete, with: [DiskFault()])
        await #expect(throws: DiskFault.self) { try await test.shop(key: "k") }
        let number = try #require(test.register.numbers.first)
        await #expect(throws: IssueRefusal.beingIssued(number)) {
            try await test.office(under: OfficePolicy.policy).issue(
                application, type: OfficePolicy.shop, department: nil, idempotencyKey: "k", actor: "operator")
        }
    }

    @Test func `a number that this office had to leave is finished by the next repeat`() async throws {
        test.register.fail(.complete, with: [DiskFault()])
        await #expect(throws: DiskFault.self) { try await test.shop(key: "k") }
        #expect(test.register.states == [.pending])
        let license = try await test.shop(key: "k")
        #expect(test.register.states == [.valid] && test.register.numbers == [license.number])
        #expect(test.register.events == [.numberReserved, .licenseIssued, .issuanceFinishedAfterStop])
        #expect(try await test.shop(key: "k").documents == license.documents)
    }

    @Test func `a page refused while the register cannot void is settled by the next repeat`() async throws {
        test.pages.refuse(.doesNotFit(field: "scope"))
        test.register.fail(.void, with: [DiskFault()])
        await #expect(throws: DiskFault.self) { try await test.shop(key: "k") }
        #expect(test.register.states == [.pending])
        await #expect(throws: IssueRefusal.page(.doesNotFit(field: "scope"))) { try await test.shop(key: "k") }
        #expect(test.register.states == [.void])
    }

    @Test func `once pages can show it, a repeat gets a new number and keeps it`() async throws {
        test.pages.refuse(.doesNotFit(field: "scope"))
        await #expect(throws: IssueRefusal.page(.doesNotFit(field: "scope"))) { try await test.shop(key: "k") }
        test.pages.refuse(nil)
        let license = try await test.shop(key: "k")
        #expect(test.register.states == [.void, .valid])
        let again = try await test.shop(key: "k")
        #expect(again.number == license.number && again.wasThere)
        #expect(test.register.numbers.count == 2)
    }

    @Test func `repeating what no page can show burns no second number`() async throws {
        for _ in 0..<3 {
            await #expect(throws: IssueRefusal.page(.doesNotFit(field: "scope"))) {
                try await test.shop(key: "k") {
                    $0.setField("scope", to: .string(String(repeating: "x", count: 61)))
                }
            }
        }
        #expect(test.register.states == [.void])
    }
}
