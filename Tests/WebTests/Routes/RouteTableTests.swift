import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Primitives
import Testing

@testable import Web

@Suite struct RouteTableTests {
    private struct Fault: Error {}

    private func visit(_ body: @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let routes = [
            Route(.get, "/lists/:id", .anyone) { _, context in .json(.string(context.parts["id"] ?? "")) },
            Route(.post, "/lists/:id/entries/:entry", .anyone) { _, context in
                .json(.string((context.parts["id"] ?? "") + "+" + (context.parts["entry"] ?? "")))
            },
            Route(.get, "/limited", .anyoneWithinBudget) { _, _ in .json("here") },
            Route(.get, "/fault", .anyone) { _, _ in throw Fault() },
            Route(.get, "/quiet", .anyone, answersHead: false) { _, _ in .json("here") },
        ]
        let list = RouteList(
            routes, documents: [:], issuerURL: "http://localhost:8080", isBehindProxy: false, clock: TestClock())
        try await Application(responder: list.table).test(.router) { client in try await body(client) }
    }

    private func ask(
        _ client: any TestClientProtocol, _ path: String, _ method: HTTPRequest.Method = .get
    ) async throws -> TestResponse {
        try await client.execute(uri: path, method: method, headers: [:], body: nil)
    }

    @Test func `named parts of a path are read as they came`() async throws {
        try await visit { client in
            for path in ["/lists/7", "/lists/7?x=1"] {
                let answer = try await ask(client, path)
                #expect(answer.text == "\"7\"")
            }
            let two = try await ask(client, "/lists/a%2Fb/entries/c", .post)
            #expect(two.text == "\"a%2Fb+c\"")
        }
    }

    @Test(arguments: ["/", "/lists", "/lists/", "/lists/7/", "/lists//entries/1", "/LIMITED", "/limited/", "//limited"])
    func `any other path has nothing`(_ path: String) async throws {
        try await visit { client in
            let answer = try await ask(client, path)
            #expect(answer.status == .notFound && answer.headers[.contentType] == Problem.mediaType)
            #expect(answer.headers[.cacheControl] == "no-store" && answer.headers[.strictTransportSecurity] == nil)
        }
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "TRACE", "CONNECT", "PROPFIND", "BREW", "get"])
    func `a method that a path does not know is told which it knows`(_ name: String) async throws {
        try await visit { client in
            let method = try #require(HTTPRequest.Method(name))
            let answer = try await ask(client, "/lists/7", method)
            #expect(answer.status == .methodNotAllowed && answer.headers[.allow] == "GET, HEAD")
            #expect(try await ask(client, "/quiet", method).headers[.allow] == "GET")
        }
    }

    @Test func `HEAD is GET without its body, unless asking does something`() async throws {
        try await visit { client in
            let answer = try await ask(client, "/lists/7", .head)
            #expect(answer.status == .ok && answer.text.isEmpty && answer.headers[.contentLength] == "3")
            #expect(try await ask(client, "/quiet", .head).status == .methodNotAllowed)
        }
    }

    @Test func `what nobody foresaw says nothing of itself`() async throws {
        try await visit { client in
            let answer = try await ask(client, "/fault")
            #expect(answer.status == .internalServerError && !answer.text.contains("Fault()"))
        }
    }

    @Test func `an address that asks too often waits`() async throws {
        try await visit { client in
            for _ in 1...240 { #expect(try await ask(client, "/limited").status == .ok) }
            let answer = try await ask(client, "/limited")
            #expect(answer.status == .tooManyRequests && answer.headers[.retryAfter] == "5")
            #expect(try await ask(client, "/lists/7").status == .ok)
        }
    }
}
