import Foundation
import Primitives
import Testing

/// `POST /v1/verifications`, and that its verdict is the one that `chancery verify --json` prints.
@Suite final class `A verification by the service`: ServedSuite {
    override class var licenseType: String { "safety-officer" }

    /// The verdict's members as INTERFACE.md has them, in its order; a member's own members follow it.
    static let shape: [(String, [String])] = [
        (
            "",
            [
                "input", "format", "indication", "subIndication", "license", "licenseStatus", "signer", "integrity",
                "checks",
            ]
        ),
        ("license", ["number", "type", "issuer", "holders", "validFrom", "validUntil", "fields"]),
        ("licenseStatus", ["state", "asOf", "source", "supersededBy"]),
        ("signer", ["subject", "certificateStatus", "signedAt", "timeSource"]),
        ("integrity", ["coversWholeDocument", "level", "changesAfterSigning"]),
    ]

    private func expectShape(_ verdict: JSONValue, _ name: String) {
        for (member, names) in Self.shape {
            let part = member.isEmpty ? verdict : verdict[member]
            // Only a PDF has bytes outside of its signature.
            guard member != "integrity" || verdict["format"] == "pades" else {
                #expect(part == .null)
                continue
            }
            #expect(part?.object?.names == names, "\(member) of \(name)")
        }
        for check in verdict["checks"]?.array ?? [] {
            #expect(check.object?.names == ["name", "outcome", "detail", "reference"])
            #expect(["passed", "failed", "indeterminate", "skipped"].contains(check["outcome"]?.string))
        }
        for coded in ["type", "issuer"] {
            #expect(verdict["license"]?[coded]?.object?.names == ["code", "name"])
            #expect(verdict["license"]?[coded]?["name"]?.object?.names == ["en", "zh"])
        }
    }

    /// All but what is the caller's word or the moment's.
    private func comparable(_ verdict: JSONValue) -> JSONValue {
        var object = verdict.object ?? JSONObject()
        object["input"] = nil
        object["checks"] = .array(
            (verdict["checks"]?.array ?? []).map { ["name": $0["name"] ?? .null, "outcome": $0["outcome"] ?? .null] })
        var status = verdict["licenseStatus"]?.object ?? JSONObject()
        status["asOf"] = nil
        object["licenseStatus"] = .object(status)
        return .object(object)
    }

    @Test(arguments: ["pdf", "sd-jwt"])
    func `has the shape and the words of the command's`(format: String) throws {
        let name = "issued/\(number).\(format)"
        let answer = try service.ask("POST", "/v1/verifications", body: office.bytes(name))
        #expect(answer.status == 200)
        #expect(answer["content-type"] == "application/json")
        let verdict = try #require(answer.json)
        #expect(verdict["indication"] == "TOTAL-PASSED", "\(answer.text)")
        expectShape(verdict, format)
        let run = try office.run(["verify", name, "--trust", "keys/trust", "--json"])
        let printed = try #require(JSONReader.read(run.bytes).array?.first)
        expectShape(printed, "the command's")
        #expect(comparable(verdict) == comparable(printed))
        #expect(verdict["license"]?["holders"]?.array?.first?["name"] == "陆知行")
    }

    @Test func `refuses what was changed, as the command does`() throws {
        var pdf = try office.bytes("issued/\(number).pdf")
        pdf[pdf.count / 2] ^= 1
        let answer = try service.ask("POST", "/v1/verifications", body: pdf)
        #expect(answer.status == 200)
        #expect(answer.json?["indication"] == "TOTAL-FAILED")
        let broken = try service.ask("POST", "/v1/verifications", body: Array("%PDF-1.7 and nothing more".utf8))
        #expect(broken.status == 200)
        #expect(broken.json?["subIndication"] == "FORMAT_FAILURE")
        #expect(broken.json?["license"] == .null)
    }

    @Test func `stores nothing, and logs nothing of what was sent`() throws {
        let entries = try AuditTrail(of: office).entries.count
        let names = office.names(in: "data")
        for name in ["issued/\(number).pdf", "issued/\(number).sd-jwt"] {
            _ = try service.ask("POST", "/v1/verifications", body: office.bytes(name))
        }
        #expect(try AuditTrail(of: office).entries.count == entries)
        #expect(office.names(in: "data") == names)
        let log = try service.log()
        #expect(!log.contains(number))
    }

    @Test func `knows the status of its own licenses only, and calls nobody`() throws {
        let other = try Chancery()
        defer { other.remove() }
        #expect(try other.run(["init"]).status == 0)
        let foreign = try other.issue()
        let answer = try service.ask("POST", "/v1/verifications", body: other.bytes("issued/\(foreign).pdf"))
        #expect(answer.status == 200)
        #expect(answer.json?["indication"] == "INDETERMINATE")
        #expect(answer.json?["subIndication"] == "NO_CERTIFICATE_CHAIN_FOUND")
    }

    @Test func `of a body beyond the limit is 413, and of one that is announced so too`() throws {
        let connection = try Connection(port: service.port)
        let length = 51 << 20
        connection.send(
            "POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nContent-Length: \(length)\r\nConnection: close\r\n\r\n"
        )
        let chunk = [UInt8](repeating: 0x41, count: 1 << 20)
        for _ in 0..<51 { guard connection.send(chunk) else { break } }
        let answer = try #require(connection.answer())
        #expect(answer.status == 413)
        #expect(answer["content-type"] == "application/problem+json")
    }

    @Test func `takes a body in chunks, and answers who asks first with Expect`() throws {
        let pdf = try office.bytes("issued/\(number).pdf")
        let connection = try Connection(port: service.port)
        connection.send("POST /v1/verifications HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n")
        var rest = pdf[...]
        while !rest.isEmpty {
            let part = rest.prefix(10_000)
            connection.send("\(String(part.count, radix: 16))\r\n")
            connection.send(Array(part) + [0x0D, 0x0A])
            rest = rest.dropFirst(10_000)
        }
        connection.send("0\r\n\r\n")
        #expect(connection.answer()?.json?["indication"] == "TOTAL-PASSED")
        // The connection lives on.
        connection.send(Service.request("GET", "/health/live", port: service.port))
        #expect(connection.answer()?.status == 200)
    }
}
