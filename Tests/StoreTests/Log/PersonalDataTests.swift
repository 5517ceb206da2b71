import Audit
import Foundation
import Licensing
import Primitives
import Testing

@testable import Store

struct PersonalDataTests {
    @Test func `a copy of the database shows nothing of a holder`() async throws {
        let sample = try SampleStore()
        let tested = try sample.underTest()
        let (name, id, address) = ("CanaryZhang 金丝雀", "11010519491231002X", "Canary Lane 7")
        let application =
            "{\"holder\": {\"name\": \"\(name)\", \"id\": \"\(id)\"}, \"fields\": {\"residence\": \"\(address)\"}}"
        let number = try await tested.reserve(
            application: application, holders: ["111 \(id)"], key: "request of \(name)"
        ).number
        let document = try SampleLicensing.document(number, .pdf, content: application, sample.ports.sealing)
        try await tested.register.complete(
            number, documents: [document], at: SampleLicensing.at,
            entries: [
                SampleLicensing.entry(.licenseIssued, number, details: JSONObject([("reason", .string(address))]))
            ])
        try await tested.revoke(number, reason: "\(name) moved from \(address)")
        try await tested.register.append(
            AuditEntry(.serviceStarted, at: SampleLicensing.at, department: "d", actor: "actor-\(id)", object: name))
        #expect(try await tested.register.history(of: number).last?.reason == "\(name) moved from \(address)")
        func search() throws {
            let files = try sample.bytesOnDisk()
            #expect(files.count >= 1)
            for (file, bytes) in files {
                for canary in [name, "金丝雀", "Canary", id, address] {
                    #expect(Data(bytes).range(of: Data(canary.utf8)) == nil, "\(canary) stands in \(file)")
                }
            }
        }
        try search()
        // The number is there, so the search does find what is written in clear.
        let all = try sample.bytesOnDisk().values.reduce(into: Data()) { $0 += Data($1) }
        #expect(all.range(of: Data(number.description.utf8)) != nil)
        sample.close()
        try search()
    }

    @Test func `another data key opens nothing`() async throws {
        let sample = try SampleStore()
        let tested = try sample.underTest()
        let number = try await tested.issue()
        try await tested.revoke(number)
        let other = try SampleStore()
        let ports = StorePorts(
            hashing: sample.ports.hashing, sealing: other.ports.sealing, randomness: sample.ports.randomness,
            clock: sample.ports.clock)
        let store = try SQLiteStore(
            path: sample.path, mode: .readOnly, ports: ports, logKey: sample.key, onFatal: { _ in })
        await #expect(throws: (any Error).self) { try await store.history(of: number) }
        await #expect(throws: StoreFault.self) { try await store.allEntries() }
        #expect(try await store.auditVerification(verifier: SampleStore.verifier).firstBadEntry == 0)
    }
}
