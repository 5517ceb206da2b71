import Foundation
import Primitives
import Testing

/// The write API over HTTP, with the portals that are shipped.
@Suite final class `The write API` {
    private let office: Chancery
    private let port: Int

    init() throws { (office, port) = try Service.office() }

    deinit { office.remove() }

    @Test func `a license goes from token to verdict, and its revocation is seen`() throws {
        let service = try Service(office, port: port)
        let system = try DepartmentSystem(service)
        let issued = try system.issue(DepartmentSystem.application(), key: "first")
        #expect(issued.status == 201, "\(issued.text)")
        let number = try #require(issued.json?["number"]?.string)
        #expect(issued["location"] == "\(service.address)/v1/licenses/\(number)")
        let document = try system.get("/v1/licenses/\(number)/document.pdf")
        try office.write(document.body, to: "license.pdf")
        let credential = try service.get("/v1/licenses/\(number)/credential")
        try office.write(credential.body, to: "license.sd-jwt")
        try office.bundle()
        let verdict = try office.verify(["license.pdf", "license.sd-jwt"])
        #expect(verdict.status == 0, "\(verdict.output)")
        #expect(try system.change(number, to: "revoked", reason: "Closed").status == 200)
        let impossible = try system.change(number, to: "suspended", reason: "Again")
        #expect(impossible.status == 409 && impossible.json?["state"] == "revoked")
        try office.bundle()
        #expect(try office.verify(["license.pdf"]).status == 1)
        try office.expectSoundAudit()
        try expectPortal("department-system", about: number)
    }

    /// The log names who asked, with which token.
    private func expectPortal(_ portal: String, about number: String) throws {
        let lines = try office.run(["audit", "export"]).output.split(separator: "\n")
        let entries = try lines.map { try JSONReader.read(String($0)) }.filter { $0["object"]?.string == number }
        let events = entries.compactMap { $0["event"]?.string }
        #expect(events.contains("license-revoked"))
        for entry in entries {
            #expect(entry["portal"]?.string == portal && entry["actor"]?.string == portal)
            #expect(entry["token"]?.string?.isEmpty == false)
        }
    }

    @Test func `many repeats of one key at once give one license`() throws {
        let service = try Service(office, port: port)
        nonisolated(unsafe) let system = try DepartmentSystem(service)
        let body = try DepartmentSystem.application()
        nonisolated(unsafe) var answers: [HTTPAnswer?] = Array(repeating: nil, count: 16)
        let lock = NSLock()
        DispatchQueue.concurrentPerform(iterations: 16) { index in
            let answer = unsafe try? system.issue(body, key: "same")
            lock.withLock { unsafe answers[index] = answer }
        }
        let all = unsafe answers.compactMap { $0 }
        #expect(all.count == 16 && all.allSatisfy { $0.status == 201 })
        #expect(Set(all.map(\.text)).count == 1)
        #expect(try AuditTrail(of: office).objects("number-reserved").count == 1)
    }

    @Test(arguments: `A stop while issuing`.Step.allCases)
    func `after kill -9 while issuing a repeat gives the number that was begun`(
        step: `A stop while issuing`.Step
    ) throws {
        let body = try DepartmentSystem.application()
        do {
            let service = try Service(office, port: port, environment: ["CHANCERY_TEST_STOP": step.rawValue])
            let system = try DepartmentSystem(service)
            #expect(throws: (any Error).self) { try system.issue(body, key: "k") }
            #expect(try service.ended() == -SIGKILL)
        }
        let begun = try AuditTrail(of: office).objects("number-reserved")
        let service = try Service(office, port: port, log: "second.log")
        let system = try DepartmentSystem(service)
        let answer = try system.issue(body, key: "k")
        #expect(answer.status == 201, "\(answer.text)")
        let number = try #require(answer.json?["number"]?.string)
        #expect(begun.isEmpty || begun == [number])
        #expect(try AuditTrail(of: office).objects("number-reserved") == [number])
        let again = try system.issue(body, key: "k")
        #expect(again.body == answer.body)
        let changed = try DepartmentSystem.application("food-permit")
        #expect(try system.issue(changed, key: "k").status == 403)
        #expect(try system.get("/v1/licenses/\(number)/document.pdf").status == 200)
        try office.expectSoundAudit()
    }

    @Test func `a department cannot reach another's licenses`() throws {
        let service = try Service(office, port: port)
        let number = try #require(
            try DepartmentSystem(service).issue(DepartmentSystem.application(), key: "k").json?["number"]?.string)
        let other = try DepartmentSystem(service, portal: "food-safety-system")
        for path in ["", "/document.pdf", "/credential"] {
            #expect(try other.get("/v1/licenses/\(number)\(path)").status == 403)
        }
        #expect(try other.change(number, to: "revoked", reason: "r").status == 403)
        #expect(try other.issue(DepartmentSystem.application(), key: "k").status == 403)
        let auditor = try DepartmentSystem(service, portal: "auditor", scope: "license:read")
        #expect(try auditor.get("/v1/licenses/\(number)").status == 200)
        #expect(try auditor.change(number, to: "revoked", reason: "r").status == 403)
    }
}
