import Foundation
import OpenSSLCrypto
import Primitives
import Testing

/// `chancery init`: makes what is missing, changes nothing that is there.
@Suite final class `Initialising` {
    private let office: Chancery

    init() throws { office = try .office(copyingPolicies: true) }

    deinit { office.remove() }

    /// Every file under keys and data with the hash of what is in it.
    private func content() throws -> [String: Digest] {
        var found: [String: Digest] = [:]
        for folder in ["keys", "data"] {
            let names = try FileManager.default.subpathsOfDirectory(atPath: office.file(folder).path)
            for name in names.map({ "\(folder)/\($0)" }) {
                let attributes = try FileManager.default.attributesOfItem(atPath: office.file(name).path)
                guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
                found[name] = OpenSSLHashing().sha256(try office.bytes(name))
            }
        }
        return found
    }

    @Test func `twice changes nothing`() throws {
        let before = try content()
        #expect(before.count > 15)
        for _ in 1...2 {
            let run = try office.run(["init"])
            #expect(run.status == 0)
            #expect(run.output.isEmpty)
            #expect(run.talk == "everything is there already; nothing was changed")
        }
        let after = try content()
        #expect(after.keys.sorted() == before.keys.sorted())
        for (name, digest) in before { #expect(after[name] == digest, "\(name) is as it was") }
    }

    @Test func `keeps secrets from others`() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: office.file("keys/private").path)
        for name in names.map({ "keys/private/\($0)" }) + ["data/chancery.sqlite"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: office.file(name).path)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
        let folder = try FileManager.default.attributesOfItem(atPath: office.file("keys/private").path)
        #expect(folder[.posixPermissions] as? Int == 0o700)
    }

    @Test func `adds what a new department needs, and touches nothing else`() throws {
        let before = try content()
        try office.write(
            "name: {en: Harbour Office, zh: 港务局}\ncode: 11990100000000104L\nsector: harbour\nsigner: {algorithm: ES384}\n",
            to: "policies/departments/harbour.yaml")
        let run = try office.run(["init"])
        #expect(run.status == 0, "\(run.talk)")
        #expect(run.talk.contains("signer-harbour"), "\(run.talk)")
        let after = try content()
        let added = Set(after.keys).subtracting(before.keys).filter { $0.hasPrefix("keys/") }
        #expect(added == ["keys/private/signer-harbour.key", "keys/certificates/signer-harbour.pem"])
        for (name, bytes) in before where name.hasPrefix("keys/") { #expect(after[name] == bytes, "\(name)") }
        #expect(try office.run(["keys", "list"]).output.contains("harbour"))
        let trail = try AuditTrail(of: office)
        #expect(trail.objects("key-created").filter { $0.contains("harbour") }.count == 2)
        let again = try office.run(["init"])
        #expect(again.talk == "everything is there already; nothing was changed")
    }

    @Test func `of an office whose init was cut off goes on where it stopped`() throws {
        let fresh = try Chancery()
        defer { fresh.remove() }
        let process = fresh.process(["init"])
        (process.standardError, process.standardOutput) = (FileHandle.nullDevice, FileHandle.nullDevice)
        try process.run()
        while process.isRunning, fresh.names(in: "keys/private").count < 4 { usleep(1_000) }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        let run = try fresh.run(["init"])
        #expect(run.status == 0, "\(run.talk)")
        _ = try fresh.issue()
        try fresh.expectSoundAudit()
    }

    @Test func `without policies, or beside commands that need it, says what to do`() throws {
        let empty = try Chancery()
        defer { empty.remove() }
        try empty.run(["keys", "list"]).expectFault(78, "chancery init")
        try empty.run(["audit", "verify"]).expectFault(78, "chancery init")
        try FileManager.default.removeItem(at: empty.file("policies"))
        let run = try empty.run(["init"])
        run.expectFault(78, "policies")
        #expect(empty.names(in: ".").isEmpty)
    }
}
