import Audit
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Licensing
import Primitives
import Testing

@testable import Web

@Suite struct LicenseIdempotencyTests {
    private struct Stopped: Error {}

    @Test func `the same key and body give the same answer and one license`() async throws {
        try await LicenseSite.visit { caller in
            let first = try await caller.issue(token: caller.token())
            let number = try #require(try first.json()["number"]?.string)
            let again = try await caller.issue(token: caller.token())
            #expect(again.status == .created && again.body == first.body)
            #expect(again.headers[.location] == first.headers[.location])
            // Whatever became of it since.
            _ = try await caller.change(number, to: "revoked", token: caller.token())
            let later = try await caller.issue(token: caller.token())
            #expect(later.status == .created && later.body == first.body)
            #expect(caller.site.office.register.numbers.count == 1)
        }
    }

    @Test func `a body that says the same in another order is the same`() async throws {
        try await LicenseSite.visit { caller in
            let token = try await caller.token()
            let first = try await caller.issue(token: token)
            var turned = JSONObject(LicenseCaller.application.members.reversed().map { ($0.name, $0.value) })
            turned["department"] = "market-regulation"
            #expect(try await caller.issue(turned, token: token).body == first.body)
        }
    }

    @Test func `another body under the key is refused`() async throws {
        try await LicenseSite.visit { caller in
            let token = try await caller.token()
            _ = try await caller.issue(token: token)
            var other = LicenseCaller.application
            other.setField("staff", to: 4)
            let response = try await caller.issue(other, token: token)
            try expectProblem(response, .unprocessableContent)
            #expect(response.text.contains("key"))
            #expect(try await caller.issue(other, token: token, key: "key-2").status == .created)
        }
    }

    @Test func `a key is its portal's own`() async throws {
        let body = JSONObject([
            ("type", "shared"), ("holder", ["name": "张三", "idType": "111", "id": "11010519491231002X"]),
        ])
        try await LicenseSite.visit { caller in
            for portal in ["market", "housing"] {
                let response = try await caller.issue(body, token: caller.token(portal))
                #expect(response.status == .created)
            }
            #expect(Set(caller.site.office.register.numbers).count == 2)
        }
    }

    @Test func `a key at the same time from many gives one license`() async throws {
        try await LicenseSite.visit { caller in
            let token = try await caller.token()
            let answers = try await withThrowingTaskGroup(of: (HTTPResponse.Status, String).self) { group in
                for _ in 1...12 {
                    group.addTask {
                        let response = try await caller.issue(token: token)
                        return (response.status, response.text)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.0 == .created } && Set(answers.map(\.1)).count == 1)
            #expect(caller.site.office.register.numbers.count == 1)
        }
    }

    @Test func `a license that could not be finished is finished by the repeat`() async throws {
        try await LicenseSite.visit { caller in
            let token = try await caller.token()
            caller.site.office.register.fail(.complete, with: [Stopped()])
            try expectProblem(await caller.issue(token: token), .internalServerError)
            let number = try #require(caller.site.office.register.numbers.first)
            let again = try await caller.issue(token: token)
            #expect(try again.status == .created && again.json()["number"]?.string == number.description)
            #expect(caller.site.office.register.numbers.count == 1)
            let entry = try #require(caller.site.office.register.entries.first { $0.event == .licenseIssued })
            #expect(entry.details["portal"] == "market")
        }
    }

    @Test func `after a stop and a start the repeat gives the number of before`() async throws {
        let site = LicenseSite()
        try await LicenseSite.visit(site) { caller in
            site.office.register.fail(.complete, with: [Stopped()])
            _ = try await caller.issue(token: caller.token())
        }
        let number = try #require(site.office.register.numbers.first)
        site.office.register.disown()
        let restarted = site.office.office(under: OfficePolicy.policy)
        _ = try await restarted.finishUnfinished(actor: "operator")
        try await site.open(office: restarted) { client in
            let caller = LicenseCaller(site: site, client: client)
            let response = try await caller.issue(token: caller.token())
            #expect(try response.json()["number"]?.string == number.description)
        }
        #expect(site.office.register.numbers == [number])
    }

    @Test func `without one usable key nothing is issued`() async throws {
        try await LicenseSite.visit { caller in
            let token = try await caller.token()
            for key in [nil, "", "with space", "nicht-ASCII-ü", String(repeating: "k", count: 256)] {
                try expectProblem(await caller.issue(token: token, key: key), .badRequest)
            }
            var twice = caller.headers(token)
            twice.append(HTTPField(name: IdempotencyKey.name, value: "a"))
            twice.append(HTTPField(name: IdempotencyKey.name, value: "a"))
            try expectProblem(
                await caller.post(LicenseCaller.licenses, LicenseCaller.application, twice), .badRequest)
            #expect(caller.site.office.register.steps.isEmpty)
            #expect(
                try await caller.issue(token: token, key: String(repeating: "k", count: 255)).status == .created)
        }
    }

    @Test func `a busy register is told as such, and the repeat goes through`() async throws {
        try await LicenseSite.visit { caller in
            let token = try await caller.token()
            caller.site.office.register.fail(.reserve, with: [RegisterRefusal.busy])
            let refused = try await caller.issue(token: token)
            try expectProblem(refused, .serviceUnavailable)
            #expect(refused.headers[.retryAfter] == "1")
            #expect(try await caller.issue(token: token).status == .created)
        }
    }
}
