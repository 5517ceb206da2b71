import Foundation
import Testing

@Suite struct `chancery keys rotate` {
    private struct Key: Decodable, Equatable {
        let use: String
        let name: String
        let algorithm: String
        let state: String
    }

    private func keys(_ office: Chancery) throws -> [Key] {
        let listed = try office.run(["keys", "list", "--json"])
        #expect(listed.status == 0, "\(listed.talk)")
        return try JSONDecoder().decode([Key].self, from: Data(listed.bytes)).filter { $0.use == "token-signing" }
    }

    private func names(_ keys: [Key], _ algorithm: String, _ state: String) -> [String] {
        keys.filter { $0.algorithm == algorithm && $0.state == state }.map(\.name)
    }

    @Test func `init makes an active and a next key for every algorithm that portals ask for`() throws {
        let office = try Chancery()
        defer { office.remove() }
        #expect(try office.run(["init"]).status == 0)
        let keys = try keys(office)
        #expect(Set(keys.map(\.algorithm)) == ["ES256", "RS256", "PS256"])
        for algorithm in ["ES256", "RS256", "PS256"] {
            #expect(keys.filter { $0.algorithm == algorithm }.map(\.state) == ["active", "next"])
        }
        let again = try office.run(["init"])
        #expect(again.status == 0 && again.talk.contains("everything is there already"))
    }

    @Test(arguments: [["keys", "rotate"], ["keys", "rotate", "token-signing"]])
    func `the next key becomes active, the active one retires, and it is put on record`(command: [String]) throws {
        let office = try Chancery.office()
        defer { office.remove() }
        let before = try keys(office)
        let rotated = try office.run(command)
        #expect(rotated.status == 0, "\(rotated.talk)")
        let after = try keys(office)
        for algorithm in ["ES256", "RS256", "PS256"] {
            #expect(names(after, algorithm, "active") == names(before, algorithm, "next"))
            #expect(names(after, algorithm, "retiring") == names(before, algorithm, "active"))
            #expect(names(after, algorithm, "next").count == 1)
            #expect(rotated.output.contains("\(algorithm) \(names(after, algorithm, "active").joined())"))
        }
        let audit = try office.run(["audit", "export"])
        #expect(audit.output.split(separator: "\n").filter { $0.contains(#""key-rotated""#) }.count == 3)
    }

    @Test func `a key that was just published signs only by force`() throws {
        let office = try Chancery.office()
        defer { office.remove() }
        #expect(try office.run(["keys", "rotate"]).status == 0, "nobody holds a list without the key that init made")
        let before = try keys(office)
        let refused = try office.run(["keys", "rotate"])
        #expect(refused.status == 1 && refused.output.isEmpty)
        #expect(refused.talk.contains("wait until 20") && refused.talk.contains("--force"), "\(refused.talk)")
        #expect(try keys(office) == before)
        let forced = try office.run(["keys", "rotate", "--force"])
        #expect(forced.status == 0 && forced.talk.contains("portals that keep an older list"), "\(forced.talk)")
        #expect(names(try keys(office), "ES256", "active") == names(before, "ES256", "next"))
    }

    @Test func `another use, another folder and a wrong passphrase are refused with their exit codes`() throws {
        let office = try Chancery()
        defer { office.remove() }
        #expect(try office.run(["keys", "rotate", "root"]).status == 64)
        #expect(try office.run(["keys", "rotate"]).status == 78)
        #expect(try office.run(["init"]).status == 0)
        let before = try keys(office)
        try Data("wrong".utf8).write(to: office.file("wrong"))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: office.file("wrong").path)
        #expect(try office.run(["keys", "rotate", "--passphrase-file", "wrong"]).status == 78)
        #expect(try keys(office) == before)
    }
}
