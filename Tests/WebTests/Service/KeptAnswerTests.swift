import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Identity
import Primitives
import Testing

@testable import Web

/// Over a real socket: documents that are answered before the table of routes.
@Suite struct KeptAnswerTests {
    private func serve(_ body: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let list = try TestSite().list
        let application = Application(
            responder: list.table, server: WebService.server(list, logger: Logger(label: "test")),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0), serverName: nil))
        try await application.test(.live) { client in try await body(client) }
    }

    @Test(arguments: ["/.well-known/openid-configuration", "/.well-known/oauth-authorization-server", "/jwks"])
    func `the short way answers as the long way does`(_ path: String) async throws {
        try await serve { client in
            let short = try await client.execute(uri: path, method: .get, headers: [:], body: nil)
            let long = try await client.execute(uri: path + "?", method: .get, headers: [:], body: nil)
            #expect(short.status == .ok && short.body == long.body && short.body.readableBytes > 100)
            for field in long.headers where field.name != .date {
                #expect(short.headers[values: field.name] == long.headers[values: field.name], "\(field.name)")
            }
            #expect(short.headers.count == long.headers.count)
        }
    }

    @Test func `what is not plain goes the long way on the same connection`() async throws {
        try await serve { client in
            let plain = try await client.execute(uri: "/jwks", method: .get, headers: [:], body: nil)
            let tag = try #require(plain.headers[.eTag])
            let known = try await client.execute(uri: "/jwks", method: .get, headers: [.ifNoneMatch: tag], body: nil)
            #expect(known.status == .notModified)
            let head = try await client.execute(uri: "/jwks", method: .head, headers: [:], body: nil)
            #expect(head.status == .ok && head.body.readableBytes == 0)
            let other = try await client.execute(uri: "/jwks", method: .delete, headers: [:], body: nil)
            #expect(other.status == .methodNotAllowed)
            let again = try await client.execute(uri: "/jwks", method: .get, headers: [:], body: nil)
            #expect(again.body == plain.body)
        }
    }

    @Test func `a body that comes with the question is not taken for the next one`() async throws {
        try await serve { client in
            let body = ByteBuffer(string: "GET /token HTTP/1.1\r\nhost: a\r\n\r\n")
            for _ in 1...3 {
                let answer = try await client.execute(uri: "/jwks", method: .get, headers: [:], body: body)
                #expect(answer.status == .ok)
            }
        }
    }

    @Test(
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (-1, "Wed, 31 Dec 1969 23:59:59 GMT"), (1_795_996_799, "Sun, 29 Nov 2026 23:59:59 GMT"),
        ] as [(Int64, String)])
    func `a date is written as headers have it`(_ seconds: Int64, _ expected: String) {
        #expect(HTTPDate(Instant(secondsSinceEpoch: seconds)).text == expected)
    }
}
