import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Licensing
import Primitives
import Testing

@testable import Web

@Suite struct LicenseReadTests {
    @Test func `the department reads what the register tells`() async throws {
        try await LicenseSite.visit { caller in
            let number = try await caller.issued()
            for portal in ["market", "reader"] {
                let token = try await caller.token(portal, scope: "license:read")
                let response = try await caller.get("\(LicenseCaller.licenses)/\(number)", token: token)
                #expect(response.status == .ok && response.headers[.cacheControl] == "no-store")
                let license = try response.json()
                #expect(license["number"]?.string == number && license["state"] == "valid")
                #expect(license["type"] == "shop" && license["department"] == "market-regulation")
                #expect(license["validFrom"] == "2026-11-22" && license["validUntil"] == "2036-11-21")
                #expect(!response.text.contains("秘密路"))
            }
        }
    }

    @Test func `the department reads the document`() async throws {
        try await LicenseSite.visit { caller in
            let number = try await caller.issued()
            let uri = "\(LicenseCaller.licenses)/\(number)/document.pdf"
            let token = try await caller.token()
            let response = try await caller.get(uri, token: token)
            #expect(response.status == .ok && response.headers[.contentType] == "application/pdf")
            #expect(Array(buffer: response.body).starts(with: Array("%PDF-".utf8)))
            #expect(response.headers[.contentDisposition]?.contains("\(number).pdf") == true)
            let head = try await caller.send(.head, uri, caller.headers(token))
            #expect(head.status == .ok && head.body.readableBytes == 0)
            try expectProblem(await caller.get(uri), .unauthorized)
        }
    }

    @Test func `anyone sees the credential without anything personal, its department all of it`() async throws {
        try await LicenseSite.visit { caller in
            let number = try await caller.issued()
            let uri = "\(LicenseCaller.licenses)/\(number)/credential"
            let open = try await caller.get(uri)
            #expect(open.status == .ok && open.headers[.contentType] == "application/dc+sd-jwt")
            #expect(open.text.split(separator: "~").count == 1)
            let whole = try await caller.get(uri, token: caller.token("reader", scope: "license:read"))
            #expect(whole.status == .ok)
            #expect(whole.text.split(separator: "~").count > 1 && whole.text.hasPrefix(open.text))
        }
    }

    @Test func `a token that opens nothing is refused at the credential, not ignored`() async throws {
        try await LicenseSite.visit { caller in
            let number = try await caller.issued()
            let uri = "\(LicenseCaller.licenses)/\(number)/credential"
            try expectProblem(await caller.get(uri, token: "nonsense"), .unauthorized)
            try expectProblem(await caller.get(uri, token: caller.token(scope: "license:issue")), .forbidden)
            try expectProblem(await caller.get(uri, token: caller.token("housing")), .forbidden)
        }
    }

    @Test func `another department reads nothing`() async throws {
        try await LicenseSite.visit { caller in
            let number = try await caller.issued()
            let token = try await caller.token("housing")
            for path in ["", "/document.pdf", "/credential"] {
                let response = try await caller.get("\(LicenseCaller.licenses)/\(number)\(path)", token: token)
                try expectProblem(response, .forbidden)
            }
        }
    }

    @Test func `what is not there is not found`() async throws {
        try await LicenseSite.visit { caller in
            let number = try await caller.issued()
            let other = try #require(LicenseNumber(number))
            let unknown = try #require(
                LicenseNumber(
                    typeCode: other.typeCode, issuerCode: other.issuerCode, serial: "20269999999", version: 1))
            let token = try await caller.token()
            for missing in [unknown.description, "nonsense", "%00", "..%2F..%2Fetc%2Fpasswd"] {
                for path in ["", "/document.pdf", "/credential"] {
                    let uri = "\(LicenseCaller.licenses)/\(missing)\(path)"
                    try expectProblem(await caller.get(uri, token: token), .notFound)
                    if path == "/credential" { try expectProblem(await caller.get(uri), .notFound) }
                }
            }
        }
    }

    @Test func `a number that was given up has no documents`() async throws {
        try await LicenseSite.visit { caller in
            let token = try await caller.token()
            var body = LicenseCaller.application
            body.setField("scope", to: .string(String(repeating: "a", count: 70)))
            _ = try await caller.issue(body, token: token)
            let number = try #require(caller.site.office.register.numbers.first)
            let license = try await caller.get("\(LicenseCaller.licenses)/\(number)", token: token).json()
            #expect(license["state"] == "void" && license["links"]?.object?.names == ["self"])
            for path in ["document.pdf", "credential"] {
                try expectProblem(
                    await caller.get("\(LicenseCaller.licenses)/\(number)/\(path)", token: token), .notFound)
            }
        }
    }
}
