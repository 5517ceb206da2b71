import Foundation
import Testing

/// Key folders that are not as they must be: exit 78 with the file named, and no key made over a loss.
@Suite final class `A key folder` {
    private let office: Chancery
    private static let issue = [
        "issue", "--type", "business-license", "--input", "policies/examples/business-license.json", "--out", "issued",
    ]

    init() throws { office = try .office() }

    deinit { office.remove() }

    private func expectRefused(_ words: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
        let run = try office.run(Self.issue)
        run.expectFault(78, sourceLocation: sourceLocation)
        for word in words { #expect(run.talk.contains(word), "\(run.talk)", sourceLocation: sourceLocation) }
        #expect(office.names(in: "issued").filter { !$0.hasPrefix(".") }.isEmpty, sourceLocation: sourceLocation)
    }

    private func setMode(_ mode: Int, of name: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: office.file(name).path)
    }

    @Test func `with a wrong passphrase opens nothing`() throws {
        let secret = "卡娜莉 \(UUID().uuidString)"
        try office.write(secret + "\n", to: "keys/private/passphrase")
        try setMode(0o600, of: "keys/private/passphrase")
        try expectRefused("does not open with this passphrase")
        #expect(try !office.run(Self.issue).talk.contains(secret))
        try office.run(["init"]).expectFault(78, "does not open with this passphrase")
        #expect(try office.run(["serve"]).status == 78)
    }

    @Test func `whose passphrase file is empty, too long or elsewhere missing is refused`() throws {
        try office.write("", to: "keys/private/passphrase")
        try expectRefused("keys/private/passphrase")
        try office.write([UInt8](repeating: 0x41, count: 1 << 20), to: "keys/private/passphrase")
        try expectRefused("keys/private/passphrase")
        let run = try office.run(Self.issue, environment: ["CHANCERY_PASSPHRASE_FILE": "nowhere"])
        run.expectFault(78, "nowhere")
    }

    @Test(arguments: [
        "keys/private/root.key", "keys/private/signer-market-regulation.key", "keys/private/data-key.sealed",
        "keys/private/passphrase", "keys/private/audit-log.key", "keys/private/time-stamp.key",
    ])
    func `with a file that others can read, that is cut short or that is gone is refused`(file: String) throws {
        let whole = try office.bytes(file)
        try setMode(0o644, of: file)
        try expectRefused(file, "0644", "chmod 600")
        try setMode(0o600, of: file)

        try office.write(Array(whole.prefix(whole.count / 2)), to: file)
        try setMode(0o600, of: file)
        try expectRefused("keys/")

        try FileManager.default.removeItem(at: office.file(file))
        try expectRefused("keys/")
        let again = try office.run(["init"])
        again.expectFault(78, "keys/private/")
        #expect(!FileManager.default.fileExists(atPath: office.file(file).path))
    }

    @Test func `whose private folder others can enter is refused`() throws {
        try setMode(0o755, of: "keys/private")
        try expectRefused("keys/private", "chmod 700")
    }

    @Test func `that is gone, with a database that needs it, gets no new keys`() throws {
        let number = try office.issue()
        try FileManager.default.moveItem(at: office.file("keys"), to: office.file("kept"))
        let before = try office.bytes("data/chancery.sqlite")
        let run = try office.run(["init"])
        run.expectFault(78, "data/chancery.sqlite", "keys", "backup")
        #expect(!FileManager.default.fileExists(atPath: office.file("keys/private/data-key.sealed").path))
        #expect(try office.bytes("data/chancery.sqlite") == before)
        try? FileManager.default.removeItem(at: office.file("keys"))
        try FileManager.default.moveItem(at: office.file("kept"), to: office.file("keys"))
        #expect(try office.run(["show", number]).status == 0)
        #expect(try office.run(["init"]).status == 0)
    }

    @Test func `lists its keys for people and for programs, and tells no secret`() throws {
        let run = try office.run(["keys", "list"])
        #expect(run.status == 0)
        for word in ["audit-log", "document-signer", "market-regulation", "P-256", "active", "root", "time-stamp"] {
            #expect(run.output.contains(word), "\(run.output)")
        }
        let passphrase = String(decoding: try office.bytes("keys/private/passphrase"), as: UTF8.self)
        #expect(!run.output.contains(passphrase.trimmingCharacters(in: .newlines)))
        let json = try office.run(["keys", "list", "--json"])
        #expect(json.output.hasPrefix("["))
    }
}
