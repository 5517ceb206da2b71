import Foundation
import Primitives
import Testing

/// What a department may do to a license it issued, and what it may not.
@Suite final class `The state of a license` {
    private let office: Chancery
    private let number: String

    init() throws {
        office = try .office()
        number = try office.issue()
    }

    deinit { office.remove() }

    private func change(_ verb: String, _ reason: String = "after a hearing") throws -> Chancery.Run {
        try office.run([verb, number, "--reason", reason])
    }

    private func supersede() throws -> Chancery.Run {
        try office.run([
            "supersede", number, "--input", "policies/examples/business-license.json", "--out", "issued",
        ])
    }

    private func state() throws -> String? { try office.record(of: number)["state"]?.string }

    /// The verdict on the license's documents with a fresh bundle.
    private func verdicts() throws -> [JSONValue] {
        try office.bundle()
        let run = try office.verify(["issued/\(number).pdf", "issued/\(number).sd-jwt"], ["--json"])
        let verdicts = try JSONReader.read(run.bytes).array ?? []
        #expect(verdicts.count == 2)
        let isValid = verdicts.allSatisfy { $0["indication"] == "TOTAL-PASSED" }
        #expect(run.status == (isValid ? 0 : 1))
        return verdicts
    }

    private func expectVerdict(_ state: String, _ subIndication: JSONValue) throws {
        for verdict in try verdicts() {
            #expect(verdict["licenseStatus"]?["state"]?.string == state)
            #expect(verdict["subIndication"] == subIndication)
            #expect(verdict["indication"] == (state == "valid" ? "TOTAL-PASSED" : "TOTAL-FAILED"))
            // The signature is perfect whatever became of the license.
            #expect(verdict["signer"]?["certificateStatus"] == "good")
        }
    }

    @Test func `goes from valid to suspended, back, and ends revoked`() throws {
        try expectVerdict("valid", .null)
        let suspended = try change("suspend")
        #expect(suspended.status == 0)
        #expect(suspended.talk == "\(number) is suspended")
        try expectVerdict("suspended", .null)
        #expect(try change("reinstate").status == 0)
        try expectVerdict("valid", .null)
        #expect(try change("suspend").status == 0)
        #expect(try change("revoke").status == 0)
        try expectVerdict("revoked", "REVOKED")
        let history = try office.record(of: number)["history"]?.array ?? []
        #expect(
            history.map { $0["state"] } == ["pending", "valid", "suspended", "valid", "suspended", "revoked"])
        #expect(history.last?["reason"] == "after a hearing")
        #expect(history.allSatisfy { $0["actor"] == "operator" })
        let events = try AuditTrail(of: office).events(about: number)
        #expect(
            events == [
                "number-reserved", "license-issued", "license-suspended", "license-reinstated", "license-suspended",
                "license-revoked",
            ])
        try office.expectSoundAudit()
    }

    @Test func `refuses what is impossible, naming the state it is in`() throws {
        try change("reinstate").expectFault(1, "is valid")
        #expect(try change("suspend").status == 0)
        try change("suspend").expectFault(1, "is suspended")
        try supersede().expectFault(1, "suspended")
        #expect(try state() == "suspended")
        #expect(try change("revoke").status == 0)
        for verb in ["revoke", "suspend", "reinstate"] { try change(verb).expectFault(1, "is revoked") }
        try supersede().expectFault(1, "revoked")
        #expect(try state() == "revoked")
        let refused = try AuditTrail(of: office).entries.filter { $0.outcome == "refused" && $0.object == number }
        #expect(refused.count >= 5, "each refusal of a change is on the record")
        try office.expectSoundAudit()
    }

    @Test func `changes for a reason only`() throws {
        for verb in ["revoke", "suspend", "reinstate"] {
            let run = try office.run([verb, number])
            #expect(run.status == 64)
            #expect(run.talk.contains("--reason"))
            try change(verb, "").expectFault(64, "the reason")
            try change(verb, String(repeating: "x", count: 201)).expectFault(64, "the reason")
            try change(verb, "two\nlines").expectFault(64, "the reason")
        }
        #expect(try state() == "valid")
    }

    @Test func `superseded names the new license, and the new the old`() throws {
        let run = try supersede()
        #expect(run.status == 0, "\(run.talk)")
        let new = run.output
        #expect(new != number)
        // The same serial, the next version.
        #expect(new.split(separator: ".").dropLast(2) == number.split(separator: ".").dropLast(2))
        #expect(new.split(separator: ".").suffix(2).first == "002")
        try expectVerdict("superseded", .null)
        for verdict in try verdicts() { #expect(verdict["licenseStatus"]?["supersededBy"]?.string == new) }
        let text = try office.verify(["issued/\(number).pdf"])
        #expect(text.output.hasPrefix("INVALID: the license was superseded, replaced by \(new)\n"), "\(text.output)")
        #expect(try office.verify(["issued/\(new).pdf"]).status == 0)
        #expect(try office.record(of: number)["supersededBy"]?.string == new)
        #expect(try office.record(of: new)["supersedes"]?.string == number)
        for verb in ["revoke", "suspend", "reinstate"] { try change(verb).expectFault(1, "is superseded") }
        try supersede().expectFault(1, "superseded")
        #expect(try AuditTrail(of: office).events(about: number).contains("license-superseded"))
    }

    @Test func `superseded with a bad application stays as it was`() throws {
        try office.write("{\"holder\": {}, \"fields\": {}}", to: "bad.json")
        try office.run(["supersede", number, "--input", "bad.json"]).expectFault(65, "holder.name", lines: nil)
        try office.run(["supersede", number, "--input", "nowhere.json"]).expectFault(66, "nowhere.json")
        #expect(try state() == "valid")
    }

    @Test func `is shown to people and to programs, with nothing personal`() throws {
        let text = try office.run(["show", number])
        #expect(text.status == 0)
        #expect(text.output.hasPrefix(number))
        for word in ["valid", "business-license", "market-regulation", "history", "\(number).pdf"] {
            #expect(text.output.contains(word), "\(text.output)")
        }
        let record = try office.record(of: number)
        #expect(
            record.object?.names == [
                "number", "type", "department", "state", "validFrom", "validUntil", "issuedAt", "supersedes",
                "supersededBy", "history", "documents",
            ])
        Canary.watch(text.output, of: office)
        Canary.watch(record.compactText, of: office)
    }
}
