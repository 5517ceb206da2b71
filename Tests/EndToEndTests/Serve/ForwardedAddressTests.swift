import Foundation
import Testing

/// Whom a request counts for: the peer, unless the operator says that the peer is a proxy.
@Suite final class `The address that a request counts for` {
    private static let path = "/v1/licenses/7/credential"

    private let office: Chancery
    private let port: Int

    init() throws { (office, port) = try Service.office() }

    deinit { office.remove() }

    /// How many answers an address gets that asks without end, at most 400. Some 240 come from a budget that is full; from
    /// one that is used up only what it gains while the requests run.
    ///
    /// - Parameter forwarded: the header's value in each request; `nil`: no header.
    private func answers(
        of service: Service, from source: String, forwarded: ((Int) -> String)? = nil
    ) throws -> Int {
        let connection = try Connection(port: service.port, from: source)
        for count in 0..<400 {
            let headers = forwarded.map { ["X-Forwarded-For: \($0(count))"] } ?? []
            connection.send(Service.request("GET", Self.path, port: service.port, headers: headers))
            let status = try #require(connection.answer()?.status)
            if status == 429 { return count }
            try #require(status == 404)
        }
        return 400
    }

    private static let full = 200..<400
    private static let usedUp = 0..<100

    @Test func `is the peer's, whatever a header says, where no proxy is set`() throws {
        let service = try Service(office, port: port)
        let many = try answers(of: service, from: "127.0.0.9") { "203.0.113.\($0 % 250), 198.51.\($0 % 250).1" }
        #expect(Self.full.contains(many), "made-up addresses bought \(many) answers")
        let named = try answers(of: service, from: "127.0.0.9") { _ in "127.0.0.10" }
        #expect(Self.usedUp.contains(named), "another's name bought \(named) answers")
        let other = try answers(of: service, from: "127.0.0.10")
        #expect(Self.full.contains(other), "and cost the other all but \(other)")
    }

    @Test func `is the last one that the proxy wrote, where one is set`() throws {
        let service = try Service(office, port: port, environment: ["CHANCERY_BEHIND_PROXY": "yes"])
        // A client may write what it likes before what the proxy adds.
        let many = try answers(of: service, from: "127.0.0.9") { "198.51.\($0 % 250).1, 203.0.113.7" }
        #expect(Self.full.contains(many), "made-up addresses bought \(many) answers")
        let second = try answers(of: service, from: "127.0.0.10") { _ in "203.0.113.7" }
        #expect(Self.usedUp.contains(second), "another machine of the proxy is no other client: \(second)")
        let other = try answers(of: service, from: "127.0.0.9") { _ in "203.0.113.7, 203.0.113.8" }
        #expect(Self.full.contains(other), "another client behind the same machine has its own: \(other)")
    }
}
