import Foundation
import Primitives
import Testing

/// Status by way of the running service, whose effect must show within a second.
@Suite final class `Status over the network`: ServedSuite {
    private func verify(_ name: String, _ options: [String] = []) throws -> Chancery.Run {
        try office.run(["verify", name, "--trust", "keys/trust"] + options)
    }

    /// What the service and a verifier who asks it say.
    private func states() throws -> [String?] {
        let pdf = try office.bytes("issued/\(number).pdf")
        let answer = try service.ask("POST", "/v1/verifications", body: pdf)
        let verdict = try JSONReader.read(verify("issued/\(number).pdf", ["--json"]).bytes).array?.first
        return [answer.json, verdict].map { $0?["licenseStatus"]?["state"]?.string }
    }

    @Test func `shows each change by another process within a second`() throws {
        #expect(try states() == ["valid", "valid"])
        for (verb, state) in [("suspend", "suspended"), ("reinstate", "valid"), ("revoke", "revoked")] {
            let list = try service.get("/status-lists/1")
            #expect(try office.run([verb, number, "--reason", "x"]).status == 0)
            usleep(1_000_000)
            #expect(try states() == [state, state])
            let tag = try #require(list["etag"])
            #expect(try service.get("/status-lists/1", headers: ["If-None-Match: \(tag)"]).status == 200)
        }
        let refused = try verify("issued/\(number).pdf")
        #expect(refused.status == 1)
        #expect(refused.output.hasPrefix("INVALID: the license was revoked\n"), "\(refused.output)")
    }

    @Test func `tells of a license by its number`() throws {
        let run = try office.run(["verify", number, "--from", service.address, "--trust", "keys/trust", "--json"])
        #expect(run.status == 0, "\(run.output) \(run.talk)")
        let verdict = try JSONReader.read(run.bytes).array?.first
        #expect(verdict?["input"]?.string == number)
        #expect(verdict?["format"] == "sd-jwt-vc")
        #expect(verdict?["license"]?["number"]?.string == number)
        // Anyone may ask, so nothing personal is answered.
        #expect(verdict?["license"]?["holders"] == [[:]] || verdict?["license"]?["holders"] == [["idType": "001"]])
        Canary.watch(run.output, of: office)

        let byDefault = try office.run(["verify", number, "--trust", "keys/trust"])
        #expect(byDefault.status == 0, "\(byDefault.talk)")
        let unknown = "1.2.156.3005.2.11100000000013338W001.11110000000021135M.20260001A7.001.P"
        try office.run(["verify", unknown, "--trust", "keys/trust"]).expectFault(69, unknown)
        try office.run(["verify", number, "--offline"]).expectFault(64, "--offline")
        try office.run(["verify", "\(number)?"]).expectFault(64, "license number")
    }

    @Test func `out of reach is no answer, never a pass`() throws {
        service.terminate()
        #expect(try service.ended() == 0)
        for name in ["issued/\(number).pdf", "issued/\(number).sd-jwt"] {
            let run = try verify(name, ["--json"])
            #expect(run.status == 2)
            let verdict = try JSONReader.read(run.bytes).array?.first
            #expect(verdict?["indication"] == "INDETERMINATE")
            #expect(verdict?["subIndication"] == "TRY_LATER")
            #expect(verdict?["licenseStatus"]?["state"] == "unknown")
        }
        let text = try verify("issued/\(number).pdf")
        #expect(text.output.hasPrefix("CANNOT TELL: the status list cannot be had"), "\(text.output)")
        try office.run(["verify", number]).expectFault(69, number)
    }

    @Test func `is asked of the host in the certificate only, whatever the environment says`() throws {
        let run = try office.run(
            ["verify", "issued/\(number).pdf", "--trust", "keys/trust"],
            environment: ["http_proxy": "http://127.0.0.1:9", "CHANCERY_ISSUER": "http://localhost:9"])
        #expect(run.status == 0, "\(run.output)")
    }
}
