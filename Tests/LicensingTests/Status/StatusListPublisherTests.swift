import Credentials
import JOSE
import OpenSSLCrypto
import Primitives
import Testing

@testable import Licensing

@Suite struct StatusListPublisherTests {
    private let test = TestOffice()

    private func token() async throws -> (token: StatusListToken, version: Int) {
        let signed = try #require(try await test.publisher.token(list: 1))
        return (try StatusListToken(parsing: signed.text), signed.version)
    }

    private func index(_ number: LicenseNumber) throws -> Int {
        try #require(test.register.row(number)?.record.place.index)
    }

    @Test func `a list is signed by the department and lives seven days`() async throws {
        _ = try await test.shop()
        let (token, _) = try await token()
        let key = try #require(test.keys.publicKeys["department"])
        #expect(token.jws.isValid(publicKey: key, algorithm: .es256, verifier: OpenSSLSignatureVerifier()))
        #expect(token.subject == "http://localhost:8080/status-lists/1")
        let now = test.clock.now().secondsSinceEpoch
        #expect(token.issuedAt.secondsSinceEpoch == now && token.expiresAt?.secondsSinceEpoch == now + 604_800)
        #expect(token.timeToLive == 300)
    }

    @Test func `every state stands at its license's place and nowhere else`() async throws {
        let licenses = [try await test.shop(), try await test.shop(), try await test.shop(), try await test.shop()]
        let numbers = licenses.map(\.number)
        try await test.office.changeStatus(numbers[1], .suspend, reason: "x", actor: "operator")
        try await test.office.changeStatus(numbers[2], .revoke, reason: "x", actor: "operator")
        let next = try await test.office.supersede(numbers[3], with: test.shopApplication(), actor: "operator")
        let (token, _) = try await token()
        let values = try numbers.map { try token.list.value(at: index($0)) }
        #expect(values == [0, 2, 1, 3])
        #expect(try token.list.value(at: index(next.number)) == 0)
        let sum = try (0..<token.list.capacity).reduce(0) { try $0 + Int(token.list.value(at: $1)) }
        #expect(sum == 6)
        let detail = token.extraClaims[StatusListClaims.details]?[String(try index(numbers[3]))]
        #expect(detail?["state"] == "superseded" && detail?["by"] == .string(next.number.description))
    }

    @Test func `the version rises with every change`() async throws {
        let number = try await test.shop().number
        let before = try await token().version
        try await test.office.changeStatus(number, .suspend, reason: "x", actor: "operator")
        #expect(try await token().version > before)
    }

    @Test func `a list that does not exist is none`() async throws {
        #expect(try await test.publisher.token(list: 9) == nil)
        #expect(try await test.publisher.token(list: 1, at: test.clock.now()) == nil)
    }

    @Test func `a list of a department that left the policy is not signed`() async throws {
        _ = try await test.shop()
        let policy = LicensingPolicy(authority: OfficePolicy.authority, departments: [:], types: [:])
        let publisher = StatusListPublisher(
            policy: policy, register: test.register, keys: test.keys, clock: test.clock, issuerURL: "http://a.example")
        await #expect(throws: StatusListRefusal.unknownDepartment(list: 1, department: "market-regulation")) {
            try await publisher.token(list: 1)
        }
    }
}
