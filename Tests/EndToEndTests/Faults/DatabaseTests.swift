import Foundation
import Testing

/// Databases that are not as they must be.
@Suite final class `A database` {
    private let office: Chancery
    private static let database = "data/chancery.sqlite"

    init() throws { office = try .office() }

    deinit { office.remove() }

    /// Every command that opens the database.
    static let commands = [
        ["issue", "--type", "business-license", "--input", "policies/examples/business-license.json"],
        ["show", "1.2.156.3005.2.11100000000013338W001.11110000000021135M.20260001A7.001.P"],
        ["audit", "verify"], ["audit", "export"], ["bundle", "--out", "b"], ["serve"],
    ]

    private func sql(_ statement: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [
            "-c", "import sqlite3,sys; c=sqlite3.connect(sys.argv[1]); c.execute(sys.argv[2]); c.commit(); c.close()",
            office.file(Self.database).path, statement,
        ]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }

    @Test(arguments: commands)
    func `from a newer version is refused and not touched`(command: [String]) throws {
        try sql("INSERT INTO schema_migration (version, applied_at) VALUES (9999, 0)")
        let before = try office.bytes(Self.database)
        try office.run(command).expectFault(78, "schema version 9999", "newer chancery")
        #expect(try office.bytes(Self.database) == before)
        try office.run(["init"]).expectFault(78, "schema version 9999")
        #expect(try office.bytes(Self.database) == before)
    }

    @Test(arguments: commands)
    func `that is missing, something else, a folder or cut short is said to be so`(command: [String]) throws {
        let file = office.file(Self.database)
        let whole = try office.bytes(Self.database)
        for name in office.names(in: "data") { try FileManager.default.removeItem(at: office.file("data/\(name)")) }
        try office.run(command).expectFault(78, "there is no database at data/chancery.sqlite", "chancery init")

        try office.write("this is no database, whatever its name says", to: Self.database)
        try office.run(command).expectFault(78, "not a chancery database")
        #expect(try office.bytes(Self.database).count == 43)

        try office.write(Array(whole.prefix(whole.count / 2)), to: Self.database)
        let cut = try office.run(command)
        #expect([74, 78].contains(cut.status), "\(cut.status) \(cut.talk)")
        cut.expectFault(cut.status, "database")

        try FileManager.default.removeItem(at: file)
        try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
        try office.run(command).expectFault(74, "is a folder")
    }

    @Test func `of another key folder is refused, for nothing in it could be opened`() throws {
        let number = try office.issue()
        let other = try Chancery()
        defer { other.remove() }
        #expect(try other.run(["init"]).status == 0)
        let foreign = ["CHANCERY_KEYS": other.file("keys").path]
        let commands = Self.commands.filter { $0 != ["audit", "verify"] } + [["show", number], ["init"]]
        for command in commands {
            try office.run(command, environment: foreign).expectFault(78, "made with other keys")
        }
        try office.run(["audit", "verify"], environment: foreign).expectFault(1, "entry 0 is bad")
        try office.expectSoundAudit()
    }

    @Test func `keeps its audit log when the service moves to another address`() throws {
        let number = try office.issue()
        let moved = ["CHANCERY_ISSUER": "http://localhost:8099"]
        #expect(try office.run(["init"], environment: moved).status == 0)
        let run = try office.run(["suspend", number, "--reason", "x"], environment: moved)
        #expect(run.status == 0, "\(run.talk)")
        for environment in [moved, [:]] {
            let sound = try office.run(["audit", "verify"], environment: environment)
            #expect(sound.status == 0, "\(sound.talk)")
        }
        #expect(try office.run(["reinstate", number, "--reason", "x"]).status == 0)
        try office.expectSoundAudit()
    }

    @Test func `whose audit log was changed is named with its first bad entry`() throws {
        _ = try office.issue()
        try sql("UPDATE audit_body SET sealed = (SELECT sealed FROM audit_body WHERE seq = 3) WHERE seq = 5")
        let run = try office.run(["audit", "verify"])
        #expect(run.status == 1)
        #expect(run.talk.contains("entry 5 is bad"), "\(run.talk)")
    }

    @Test func `takes one service at a time`() throws {
        let (office, port) = try Service.office()
        defer { office.remove() }
        let service = try Service(office, port: port)
        let second = try office.run(["serve", "--listen", "127.0.0.1:\(Connection.freePort())"])
        second.expectFault(74, "another service runs on data/chancery.sqlite", lines: nil)
        #expect(service.isRunning)
        service.terminate()
        #expect(try service.ended() == 0)
        let third = try Service(office, port: port)
        third.terminate()
        #expect(try third.ended() == 0)
    }

    @Test func `is written by the service and by commands at once`() throws {
        let (office, port) = try Service.office()
        defer { office.remove() }
        let service = try Service(office, port: port)
        try office.write(BatchTable.csv(count: 10), to: "rows.csv")
        #expect(try office.batch("rows.csv").status == 0)
        for number in try office.issuedNumbers().prefix(3) {
            #expect(try service.get("/v1/licenses/\(number)/credential").status == 200)
        }
        service.terminate()
        #expect(try service.ended() == 0)
        try office.expectSoundAudit()
    }
}
