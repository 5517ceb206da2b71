import Audit
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Licensing
import Primitives
import Testing

@testable import Web

@Suite struct LicenseStatusTests {
    @Test func `a license is suspended, reinstated and revoked, each on record with portal and token`() async throws {
        try await LicenseSite.visit { caller in
            let number = try await caller.issued()
            let token = try await caller.token()
            for state in ["suspended", "valid", "revoked"] {
                let response = try await caller.change(number, to: state, token: token)
                #expect(response.status == .ok)
                let answer = try response.json()
                #expect(answer["number"]?.string == number && answer["state"]?.string == state)
                #expect(answer["links"]?["self"] != nil)
            }
            let entries = caller.site.office.register.entries.suffix(3)
            #expect(entries.map(\.event) == [.licenseSuspended, .licenseReinstated, .licenseRevoked])
            #expect(entries.allSatisfy { $0.actor == "market" && $0.details["portal"] == "market" })
            #expect(entries.allSatisfy { $0.details["token"] != nil && $0.details["reason"] == "Asked for" })
            let shown = try await caller.get("\(LicenseCaller.licenses)/\(number)", token: token).json()
            #expect(shown["history"]?.array?.last?["reason"] == "Asked for")
        }
    }

    @Test func `an impossible change is a conflict that names the state`() async throws {
        try await LicenseSite.visit { caller in
            let number = try await caller.issued()
            let token = try await caller.token()
            let early = try await caller.change(number, to: "valid", token: token)
            try expectProblem(early, .conflict)
            #expect(try early.json()["state"] == "valid")
            _ = try await caller.change(number, to: "revoked", token: token)
            for state in ["revoked", "suspended", "valid"] {
                let response = try await caller.change(number, to: state, token: token)
                try expectProblem(response, .conflict)
                #expect(try response.json()["state"] == "revoked")
            }
            let refused = try #require(caller.site.office.register.entries.last)
            #expect(refused.outcome == .refused && refused.details["portal"] == "market")
        }
    }

    @Test func `a change that the type does not have is a conflict`() async throws {
        var body = OfficePolicy.officerApplication.object ?? JSONObject()
        body["type"] = "officer"
        try await LicenseSite.visit { [body] caller in
            let token = try await caller.token()
            let answer = try await caller.issue(body, token: token).json()
            let number = try #require(answer["number"]?.string)
            #expect(answer["links"]?["document"] == nil)
            try expectProblem(await caller.change(number, to: "suspended", token: token), .conflict)
            try expectProblem(
                await caller.get("\(LicenseCaller.licenses)/\(number)/document.pdf", token: token), .notFound)
        }
    }

    @Test func `wrong members are pointed at`() async throws {
        try await LicenseSite.visit { caller in
            let number = try await caller.issued()
            let token = try await caller.token()
            let uri = "\(LicenseCaller.licenses)/\(number)/status"
            for (body, pointers) in [
                (JSONObject(), ["#/state", "#/reason"]),
                (JSONObject([("state", "superseded"), ("reason", "r")]), ["#/state"]),
                (JSONObject([("state", "revoked"), ("reason", 7)]), ["#/reason"]),
                (JSONObject([("state", "revoked"), ("reason", "r"), ("force", true)]), ["#"]),
                (JSONObject([("state", "revoked"), ("reason", "")]), ["#/reason"]),
                (JSONObject([("state", "revoked"), ("reason", "two\nlines")]), ["#/reason"]),
            ] {
                try expectProblem(
                    await caller.post(uri, body, caller.headers(token)), .unprocessableContent, pointers: pointers)
            }
            #expect(caller.site.office.register.states == [.valid])
            var plain = caller.headers(token)
            plain[.contentType] = "text/plain"
            try expectProblem(await caller.send(.post, uri, plain, body: "{}"), .unsupportedMediaType)
            plain[.contentType] = "application/json"
            let large = #"{"reason":""# + String(repeating: "a", count: StatusBody.limit) + "\"}"
            try expectProblem(await caller.send(.post, uri, plain, body: large), .contentTooLarge)
        }
    }

    @Test func `only the department of the license may change it`() async throws {
        try await LicenseSite.visit { caller in
            let number = try await caller.issued()
            try expectProblem(await caller.change(number, to: "revoked", token: caller.token("housing")), .forbidden)
            try expectProblem(
                await caller.change(number, to: "revoked", token: caller.token("reader", scope: "license:read")),
                .forbidden)
            #expect(caller.site.office.register.states == [.valid])
            let unknown = number.dropLast(1) + (number.hasSuffix("A") ? "B" : "A")
            for missing in [String(unknown), "nonsense", "1.2.156.3005.2"] {
                try expectProblem(await caller.change(missing, to: "revoked", token: caller.token()), .notFound)
            }
        }
    }
}
