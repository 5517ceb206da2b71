import Credentials
import Foundation
import OpenSSLCrypto
import Primitives
import Testing

/// `kill -9` at every step of issuing: nothing is half, and the next start finishes or voids the number on the record.
@Suite final class `A stop while issuing` {
    /// The steps of `StopPoint`, and whether a number is written down by then and whether it is finished.
    enum Step: String, CaseIterable {
        case beforeReserving = "before-reserving"
        case afterReserving = "after-reserving"
        case afterDrawing = "after-drawing"
        case whileSigning = "while-signing"
        case beforeCompleting = "before-completing"
        case afterCompleting = "after-completing"

        var leavesNumber: Bool { self != .beforeReserving }
        var leavesWorkToDo: Bool { leavesNumber && self != .afterCompleting }
    }

    private static let type = "business-license"
    private let office: Chancery

    init() throws { office = try .office(copyingPolicies: true) }

    deinit { office.remove() }

    private func stop(_ arguments: [String], at step: Step) throws {
        let run = try office.run(arguments, environment: ["CHANCERY_TEST_STOP": step.rawValue])
        #expect(run.status == -SIGKILL, "\(run.status) \(run.talk)")
        #expect(run.output.isEmpty)
    }

    private func stopIssue(at step: Step) throws {
        let example = "policies/examples/\(Self.type).json"
        try stop(["issue", "--type", Self.type, "--input", example, "--out", "stopped"], at: step)
        #expect(office.names(in: "stopped").filter { !$0.hasPrefix(".") }.isEmpty)
        try office.expectSoundAudit()
    }

    @Test(arguments: Step.allCases)
    func `leaves nothing half, and the next start finishes the number`(step: Step) throws {
        try stopIssue(at: step)
        let left = try AuditTrail(of: office).objects("number-reserved")
        #expect(left.count == (step.leavesNumber ? 1 : 0))

        let next = try office.run([
            "issue", "--type", Self.type, "--input", "policies/examples/\(Self.type).json", "--out", "issued",
        ])
        #expect(next.status == 0, "\(next.talk)")
        #expect(next.talk.contains("after an earlier stop: ") == step.leavesWorkToDo, "\(next.talk)")
        #expect(!left.contains(next.output))
        try office.expectSoundAudit()

        guard let number = left.first else { return }
        let expected = ["number-reserved", "license-issued"]
        let trail = try AuditTrail(of: office)
        #expect(
            trail.events(about: number) == expected + (step.leavesWorkToDo ? ["issuance-finished-after-stop"] : []))
        #expect(trail.events(about: next.output) == expected)
        try expectDocuments(of: number)
        #expect(try place(of: number) != place(of: next.output))
    }

    /// A number finished after a stop is as good as any: shown, written again, valid.
    private func expectDocuments(of number: String) throws {
        #expect(try office.run(["show", number, "--out", "issued"]).status == 0)
        #expect(try office.record(of: number)["state"] == "valid")
        try office.bundle()
        let verdict = try office.verify(["issued/\(number).pdf", "issued/\(number).sd-jwt"])
        #expect(verdict.status == 0, "\(verdict.output)")
    }

    /// Where the status of a license stands.
    private func place(of number: String) throws -> JSONValue? {
        let text = String(decoding: try office.bytes("issued/\(number).sd-jwt"), as: UTF8.self)
        return try SDJWT(parsing: text, hashing: OpenSSLHashing()).claims["status"]
    }

    @Test func `voids a number whose application the policy no longer takes`() throws {
        try stopIssue(at: .afterReserving)
        let file = "policies/licenses/\(Self.type)/type.yaml"
        let text = String(decoding: try office.bytes(file), as: UTF8.self)
        try office.write(text.replacing("{code: limited,", with: "{code: unlimited,"), to: file)

        let next = try office.run(["issue", "--type", Self.type, "--input", "policies/examples/\(Self.type).json"])
        next.expectFault(65, "fields.enterpriseType", lines: nil)
        let food = try office.run(["issue", "--type", "food-permit", "--input", "policies/examples/food-permit.json"])
        #expect(food.status == 0)
        #expect(food.talk.contains("is void (the application no longer fits the policy)"), "\(food.talk)")
        let trail = try AuditTrail(of: office)
        let number = try #require(trail.objects("number-voided").first)
        #expect(trail.events(about: number) == ["number-reserved", "number-voided"])
        #expect(try office.record(of: number)["state"] == "void")
        try office.expectSoundAudit()
    }

    @Test(arguments: [Step.afterReserving, .beforeCompleting])
    func `of a replacement leaves the old license valid until the next start replaces it`(step: Step) throws {
        let old = try office.issue()
        try stop(["supersede", old, "--input", "policies/examples/\(Self.type).json"], at: step)
        #expect(try office.record(of: old)["state"] == "valid")
        let later = try office.issue()
        let record = try office.record(of: old)
        #expect(record["state"] == "superseded")
        let new = try #require(record["supersededBy"]?.string)
        #expect(new != later)
        #expect(try office.record(of: new)["supersedes"]?.string == old)
        #expect(try AuditTrail(of: office).events(about: new).last == "issuance-finished-after-stop")
    }

    @Test func `of a replacement is void when the old license was revoked meanwhile`() throws {
        let old = try office.issue()
        try stop(["supersede", old, "--input", "policies/examples/\(Self.type).json"], at: .whileSigning)
        #expect(try office.run(["revoke", old, "--reason", "closed"]).status == 0)
        let next = try office.run([
            "issue", "--type", Self.type, "--input", "policies/examples/\(Self.type).json", "--out", "issued",
        ])
        #expect(next.talk.contains("is void (the license to be replaced became revoked)"), "\(next.talk)")
        #expect(try office.record(of: old)["state"] == "revoked")
        #expect(try AuditTrail(of: office).objects("number-voided").count == 1)
        try office.expectSoundAudit()
    }

    @Test func `is mended by the start of the service too`() throws {
        let (office, port) = try Service.office()
        defer { office.remove() }
        let run = try office.run(
            ["issue", "--type", Self.type, "--input", "policies/examples/\(Self.type).json"],
            environment: ["CHANCERY_TEST_STOP": Step.afterDrawing.rawValue])
        #expect(run.status == -SIGKILL)
        let service = try Service(office, port: port)
        let number = try #require(try AuditTrail(of: office).objects("issuance-finished-after-stop").first)
        #expect(try office.record(of: number)["state"] == "valid")
        #expect(try service.get("/v1/licenses/\(number)/credential").status == 200)
        service.terminate()
        #expect(try service.ended() == 0)
    }
}
