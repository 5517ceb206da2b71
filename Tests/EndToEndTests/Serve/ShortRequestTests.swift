import Foundation
import Primitives
import Testing

/// Requests that are answered whole on the event loop, beside those that are not, on one connection.
@Suite struct `Short requests` {
    private let site: SignOnSite

    init() throws { site = try SignOnSite.shared }

    private func token(_ token: String, _ headers: [String] = []) -> [UInt8] {
        Service.request(
            "POST", "/introspect", port: site.service.port,
            headers: ["Content-Type: application/x-www-form-urlencoded"] + headers, body: Array("token=\(token)".utf8))
    }

    private func other(_ path: String) -> [UInt8] { Service.request("GET", path, port: site.service.port) }

    @Test func `many at once, short and long ones mixed, are answered in their order`() throws {
        let connection = try Connection(port: site.service.port, from: "127.0.0.1")
        var requests: [UInt8] = []
        for _ in 0..<20 {
            requests += token("x") + other("/health/live") + other("/jwks") + token("y") + other("/nowhere")
        }
        connection.send(requests)
        for turn in 0..<20 {
            for expected in [401, 200, 200, 401, 404] {
                let answer = try #require(connection.answer(), "\(turn)")
                #expect(answer.status == expected && answer["date"] != nil, "\(turn): \(answer.status)")
            }
        }
    }

    /// Answers of one turn of an event loop are sent together, 32 at most.
    @Test func `a hundred connections that ask at one moment are each answered`() throws {
        let connections = try (0..<100).map { _ in try Connection(port: site.service.port, from: "127.0.0.1") }
        for turn in 0..<5 {
            for connection in connections { connection.send(token("x\(turn)")) }
            for connection in connections { #expect(connection.answer()?.status == 401) }
        }
    }

    @Test func `a body that comes in pieces is put together, one that never ends is refused`() throws {
        let connection = try Connection(port: site.service.port, from: "127.0.0.1")
        for byte in token("pieces") { connection.send([byte]) }
        #expect(connection.answer()?.status == 401)
        let head =
            "POST /introspect HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.send(head + "6\r\ntoken=\r\n1\r\nx\r\n0\r\n\r\n")
        #expect(connection.answer()?.status == 401)
        connection.send(head)
        let chunk = "4000\r\n" + String(repeating: "a", count: 0x4000) + "\r\n"
        for _ in 0..<6 { connection.send(chunk) }
        #expect(connection.answer()?.status == 413)
    }

    @Test func `a broken body is an error of the request, and the connection ends`() throws {
        let connection = try Connection(port: site.service.port, from: "127.0.0.1")
        connection.send(
            "POST /introspect HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n6\r\ntoken=\r\nnumber\r\n")
        #expect(connection.answer()?.status == 400)
        #expect(connection.closed(within: 10) != nil)
    }

    @Test func `who asks for the connection to be closed is answered, and nobody after him`() throws {
        let connection = try Connection(port: site.service.port, from: "127.0.0.1")
        connection.send(token("last", ["Connection: close"]) + token("late"))
        #expect(connection.answer()?.status == 401)
        #expect(connection.closed(within: 10) != nil)
        #expect(connection.answer(within: 1) == nil)
    }

    @Test func `who stops sending after the request still gets the answer`() throws {
        let connection = try Connection(port: site.service.port, from: "127.0.0.1")
        connection.send(token("half"))
        connection.stopSending()
        #expect(connection.answer()?.status == 401)
    }
}
