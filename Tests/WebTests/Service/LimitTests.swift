import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@testable import Web

/// Over a real socket: the limits stand before the router.
@Suite struct LimitTests {
    private func serve(_ body: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let list = try TestSite().list
        let application = Application(
            responder: list.table, server: WebService.server(list, logger: Logger(label: "test")),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0), serverName: nil))
        try await application.test(.live) { client in try await body(client) }
    }

    @Test func `a head beyond 16 KiB is answered with 431, in a field or in the address`() async throws {
        try await serve { client in
            let long = String(repeating: "a", count: 17 << 10)
            let field = try await client.execute(uri: "/", method: .get, headers: [.cookie: long], body: nil)
            #expect(field.status == .requestHeaderFieldsTooLarge)
            #expect(field.headers[.contentType] == Problem.mediaType && field.headers[.connection] == "close")
        }
        try await serve { client in
            let long = String(repeating: "a", count: 17 << 10)
            let address = try await client.execute(
                uri: "/authorize?state=\(long)", method: .get, headers: [:], body: nil)
            #expect(address.status == .requestHeaderFieldsTooLarge)
        }
    }

    @Test func `a head below the limit is read`() async throws {
        try await serve { client in
            let state = String(repeating: "a", count: 12 << 10)
            let page = try await client.execute(uri: "/authorize?state=\(state)", method: .get, headers: [:], body: nil)
            #expect(page.status == .badRequest)
        }
    }
}
