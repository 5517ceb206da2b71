import Audit
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Licensing
import Primitives
import Testing

@testable import Web

@Suite struct LicenseIssueTests {
    @Test func `a department's system issues a license and is told where it is`() async throws {
        try await LicenseSite.visit { caller in
            let response = try await caller.issue(token: caller.token())
            #expect(response.status == .created)
            let answer = try response.json()
            let number = try #require(answer["number"]?.string)
            #expect(LicenseNumber(number) != nil)
            #expect(answer.object?.names == ["number", "state", "links"] && answer["state"] == "valid")
            let address = "\(TestDesk.issuer)/v1/licenses/\(number)"
            #expect(response.headers[.location] == address)
            #expect(
                answer["links"] == [
                    "self": .string(address), "document": .string(address + "/document.pdf"),
                    "credential": .string(address + "/credential"),
                ])
            #expect(caller.site.office.register.states == [.valid])
        }
    }

    @Test func `the log names portal and token of every step`() async throws {
        try await LicenseSite.visit { caller in
            let token = try await caller.token()
            let claims = try #require(
                token.split(separator: ".").dropFirst().first.flatMap { Base64.decodeURL(String($0)) })
            let id = try #require(try JSONReader.read(claims)["jti"])
            _ = try await caller.issue(token: token)
            let entries = caller.site.office.register.entries
            #expect(entries.map(\.event) == [.numberReserved, .licenseIssued])
            for entry in entries {
                #expect(entry.actor == "market" && entry.department == "market-regulation")
                #expect(entry.details["portal"] == "market" && entry.details["token"] == id)
            }
        }
    }

    @Test func `a type that several departments issue is the portal's own, or the one it names`() async throws {
        let body = JSONObject([
            ("type", "shared"), ("holder", ["name": "张三", "idType": "111", "id": "11010519491231002X"]),
        ])
        try await LicenseSite.visit { caller in
            let token = try await caller.token("housing")
            #expect(try await caller.issue(body, token: token, key: "1").status == .created)
            var named = body
            named["department"] = "housing"
            #expect(try await caller.issue(named, token: token, key: "2").status == .created)
            named["department"] = "market-regulation"
            try expectProblem(await caller.issue(named, token: token, key: "3"), .forbidden)
            let issuers = caller.site.office.register.numbers.map(\.issuerCode)
            #expect(issuers == [OfficePolicy.housing.code.text, OfficePolicy.housing.code.text])
        }
    }

    @Test func `a department that may not issue the type is refused, on record`() async throws {
        try await LicenseSite.visit { caller in
            try expectProblem(await caller.issue(token: caller.token("housing")), .forbidden)
            let entry = try #require(caller.site.office.register.entries.last)
            #expect(entry.outcome == .refused && entry.details["portal"] == "housing")
            #expect(caller.site.office.register.numbers.isEmpty)
        }
    }

    @Test func `a type that needs other officers is refused`() async throws {
        let body = JSONObject([
            ("type", "checked"), ("holder", ["name": "张三", "idType": "111", "id": "11010519491231002X"]),
        ])
        try await LicenseSite.visit { caller in
            try expectProblem(await caller.issue(body, token: caller.token()), .conflict)
        }
    }

    @Test func `every wrong member is pointed at, and no value is repeated`() async throws {
        var body = LicenseCaller.application
        body["holder"] = ["name": "杭州样例有限公司", "idType": "001", "id": "SECRET-VALUE"]
        body["extra"] = 1
        body.setField("staff", to: "many")
        body.setField("opened", to: nil)
        body.setField("unknown", to: "x")
        try await LicenseSite.visit { [body] caller in
            let token = try await caller.token()
            let response = try await caller.issue(body, token: token)
            try expectProblem(
                response, .unprocessableContent,
                pointers: ["#/extra", "#/holder/id", "#/fields/unknown", "#/fields/staff", "#/fields/opened"])
            #expect(!response.text.contains("SECRET"))
            #expect(caller.site.office.register.steps.isEmpty)
        }
    }

    @Test func `type and department are told apart from the application`() async throws {
        try await LicenseSite.visit { caller in
            let token = try await caller.token()
            var body = LicenseCaller.application
            for (member, value) in [("type", JSONValue?.none), ("type", "none"), ("type", 1), ("department", 7)] {
                body = LicenseCaller.application
                body[member] = value
                try expectProblem(
                    await caller.issue(body, token: token), .unprocessableContent, pointers: ["#/\(member)"])
            }
            body["department"] = "nowhere"
            try expectProblem(await caller.issue(body, token: token), .forbidden)
            var holders = LicenseCaller.application
            holders["holder"] = nil
            holders["holders"] = [["name": "a", "idType": "001", "id": "91350100M000100Y43"], ["idType": "001"]]
            try expectProblem(
                await caller.issue(holders, token: token), .unprocessableContent,
                pointers: ["#/holders/1/name", "#/holders/1/id"])
        }
    }

    @Test func `what no page can carry is pointed at, and the next try gets another number`() async throws {
        try await LicenseSite.visit { caller in
            let token = try await caller.token()
            var body = LicenseCaller.application
            body.setField("scope", to: .string(String(repeating: "a", count: 70)))
            try expectProblem(
                await caller.issue(body, token: token), .unprocessableContent, pointers: ["#/fields/scope"])
            #expect(caller.site.office.register.states == [.void])
            #expect(try await caller.issue(token: token, key: "another").status == .created)
        }
    }

    @Test func `a body that is no JSON object is refused before anything is done`() async throws {
        try await LicenseSite.visit { caller in
            var headers = caller.headers(try await caller.token())
            headers[IdempotencyKey.name] = "k"
            func send(_ body: String, type: String? = "application/json; charset=utf-8") async throws -> TestResponse {
                var headers = headers
                headers[.contentType] = type
                return try await caller.send(.post, LicenseCaller.licenses, headers, body: body)
            }
            for body in ["", "{", "nonsense", "{} {}", #"{"a":1,"a":2}"#, "\u{0}"] {
                try expectProblem(await send(body), .badRequest)
            }
            let deep = String(repeating: #"{"a":"#, count: 40) + "1" + String(repeating: "}", count: 40)
            try expectProblem(await send(deep), .badRequest)
            for body in ["[]", "null", "7", "\"text\""] {
                try expectProblem(await send(body), .unprocessableContent, pointers: ["#"])
            }
            for type in [nil, "text/plain", "application/x-www-form-urlencoded", "application/jsonp"] {
                try expectProblem(await send("{}", type: type), .unsupportedMediaType)
            }
            try expectProblem(await send(String(repeating: " ", count: IssueBody.limit + 1)), .contentTooLarge)
        }
    }

    @Test func `other methods are refused with those that are allowed`() async throws {
        try await LicenseSite.visit { caller in
            let number = try await caller.issued()
            for (path, allowed) in [
                ("/v1/licenses", "POST"), ("/v1/licenses/\(number)", "GET, HEAD"),
                ("/v1/licenses/\(number)/status", "POST"), ("/v1/licenses/\(number)/credential", "GET, HEAD"),
                ("/openapi.json", "GET, HEAD"),
            ] {
                for method in [HTTPRequest.Method.put, .delete, .patch, .trace, .options] {
                    let response = try await caller.send(method, path)
                    try expectProblem(response, .methodNotAllowed)
                    #expect(response.headers[.allow] == allowed)
                }
            }
        }
    }
}
