import Foundation
import Testing

@Suite struct `chancery account` {
    private static let password = Array("a plain long pass phrase\n".utf8)

    private func add(_ office: Chancery, _ more: [String] = [], password: [UInt8] = password) throws -> Chancery.Run {
        try office.run(
            ["account", "add", "--login", "zhang.san", "--kind", "person", "--name", "张三", "--password-file", "-"]
                + more,
            input: password)
    }

    private func shown(_ office: Chancery, _ name: String, _ more: [String] = []) throws -> [String: Any] {
        let run = try office.run(["account", "show", name, "--json"] + more)
        #expect(run.status == 0, "\(run.talk)")
        return try #require(try JSONSerialization.jsonObject(with: Data(run.bytes)) as? [String: Any])
    }

    @Test func `an account is added, shown by id and login, disabled once and stays so`() throws {
        let office = try Chancery.office()
        defer { office.remove() }
        let added = try add(
            office,
            ["--assurance", "substantial", "--role", "market-regulation:maker", "--role", "food-safety:auditor"])
        #expect(added.status == 0, "\(added.talk)")
        #expect(added.output.count == 32 && added.output.allSatisfy(\.isHexDigit))
        for name in [added.output, "zhang.san"] {
            let account = try shown(office, name)
            #expect(account["id"] as? String == added.output && account["kind"] as? String == "person")
            #expect(account["state"] as? String == "active" && account["assurance"] as? String == "substantial")
            #expect(account["roles"] as? [String] == ["market-regulation:maker", "food-safety:auditor"])
        }
        #expect(try office.run(["account", "disable", "zhang.san"]).status == 0)
        #expect(try shown(office, added.output)["state"] as? String == "disabled")
        let again = try office.run(["account", "disable", added.output])
        #expect(again.status == 0 && again.talk.contains("was disabled before"))
    }

    @Test func `personal data shows on request only, and the request is put on record`() throws {
        let office = try Chancery.office()
        defer { office.remove() }
        let added = try add(
            office, ["--email", "zhang@mail.example", "--email-verified", "--phone", "+86 10 5555 0100"])
        #expect(added.status == 0, "\(added.talk)")
        let plain = try office.run(["account", "show", "zhang.san"])
        #expect(!plain.output.contains("张三") && !plain.output.contains("mail.example"))
        let profile = try #require(try shown(office, "zhang.san", ["--profile"])["profile"] as? [String: String])
        #expect(profile["name"] == "张三" && profile["email"] == "zhang@mail.example")
        #expect(profile["emailVerified"] == "true" && profile["phone"] == "+86 10 5555 0100")
        let audit = try office.run(["audit", "export"]).output
        #expect(audit.contains(#""account-added""#) && audit.contains(#""account-looked-up""#))
        for secret in ["张三", "mail.example", "5555", "zhang.san", "pass phrase"] { #expect(!audit.contains(secret)) }
        let database = try Data(contentsOf: office.file("data/chancery.sqlite"))
        let journal = (try? Data(contentsOf: office.file("data/chancery.sqlite-wal"))) ?? Data()
        for secret in ["张三", "mail.example", "zhang.san", "pass phrase"] {
            #expect((database + journal).range(of: Data(secret.utf8)) == nil, "\(secret) stands in the database")
        }
    }

    @Test func `a login is taken once`() throws {
        let office = try Chancery.office()
        defer { office.remove() }
        #expect(try add(office).status == 0)
        let second = try add(office)
        #expect(second.status == 1 && second.talk.contains("there is an account with this login"))
        #expect(second.output.isEmpty)
    }

    @Test func `what cannot be an account is refused with its exit code`() throws {
        let office = try Chancery.office()
        defer { office.remove() }
        #expect(try add(office, password: Array("short".utf8)).status == 1)
        #expect(try add(office, password: Array("password123\n".utf8)).status == 1)
        #expect(try add(office, password: [0xFF, 0xFE] + Array("not text at all".utf8)).status == 65)
        #expect(try add(office, ["--role", "nobody:maker"]).status == 64)
        #expect(try add(office, ["--role", "market-regulation:boss"]).status == 64)
        #expect(try add(office, ["--email-verified"]).status == 64)
        #expect(try add(office, ["--id", "123"]).status == 64)
        #expect(try add(office, ["--assurance", "certain"]).status == 64)
        let missing = try office.run([
            "account", "add", "--login", "a", "--kind", "person", "--name", "A", "--password-file", "nowhere",
        ])
        #expect(missing.status == 66)
        for command in ["show", "disable"] { #expect(try office.run(["account", command, "nobody"]).status == 1) }
    }

    @Test func `an organization signs in under its social credit code`() throws {
        let office = try Chancery.office()
        defer { office.remove() }
        func add(_ id: [String]) throws -> Chancery.Run {
            try office.run(
                [
                    "account", "add", "--login", "company", "--kind", "organization", "--name", "Example Ltd",
                    "--password-file", "-",
                ] + id, input: Self.password)
        }
        let wrong = try add(["--id-type", "001", "--id", "11100000000013338X"])
        #expect(wrong.status == 64 && wrong.talk.contains("the check character W would be right"), "\(wrong.talk)")
        let missing = try add([])
        #expect(missing.status == 64 && missing.talk.contains("--id-type 001"), "\(missing.talk)")
        #expect(try add(["--id-type", "001", "--id", "11100000000013338W"]).status == 0)
    }

    @Test func `a citizen id number is checked, and who checked the person is shown`() throws {
        let office = try Chancery.office()
        defer { office.remove() }
        let wrong = try add(office, ["--id-type", "111", "--id", "110105194912310021"])
        #expect(wrong.status == 64 && wrong.talk.contains("the check character X would be right"), "\(wrong.talk)")
        let added = try add(
            office,
            [
                "--id-type", "111", "--id", "11010519491231002X", "--assurance", "high", "--proofing-source",
                "police register", "--proofing-method", "in person",
            ])
        #expect(added.status == 0, "\(added.talk)")
        let proofing = try #require((try shown(office, "zhang.san")["proofings"] as? [[String: Any]])?.first)
        #expect(proofing["source"] as? String == "police register" && proofing["method"] as? String == "in person")
        #expect(proofing["level"] as? String == "high")
        #expect(try office.run(["account", "show", "zhang.san"]).output.contains("police register, in person"))
    }

    @Test func `a look-up of nobody fails and is put on record`() throws {
        let office = try Chancery.office()
        defer { office.remove() }
        #expect(try add(office).status == 0)
        let found = try office.run(["account", "find", "--subject", "nobody", "--sector", "commerce"])
        #expect(found.status == 1 && found.output.isEmpty)
        #expect(try office.run(["account", "find", "--subject", "a", "--sector", "trade"]).status == 64)
        let lines = try office.run(["audit", "export"]).output.split(separator: "\n")
        #expect(lines.filter { $0.contains(#""account-looked-up""#) }.count == 1)
    }

    @Test func `nothing is undelivered at first`() throws {
        let office = try Chancery.office()
        defer { office.remove() }
        #expect(try office.run(["portal", "undelivered", "--json"]).output == "[]")
        #expect(try office.run(["portal", "undelivered"]).talk.contains("nothing is undelivered"))
    }
}
