import Foundation
import Primitives
import Testing

/// Applications that cannot be used: one clear line for each fault, the documented exit code, nothing issued.
@Suite final class `A bad application` {
    private let office: Chancery

    init() throws { office = try .office() }

    deinit { office.remove() }

    private func issue(_ input: String = "application.json", type: String = "business-license") throws -> Chancery.Run {
        try office.run(["issue", "--type", type, "--input", input, "--out", "issued"])
    }

    private func expectNothing() throws {
        #expect(try AuditTrail(of: office).objects("number-reserved").isEmpty)
        #expect(office.names(in: "issued").isEmpty)
    }

    @Test func `that is not there, is a folder or is empty`() throws {
        try issue("nowhere.json").expectFault(66, "nowhere.json")
        try FileManager.default.createDirectory(at: office.file("folder.json"), withIntermediateDirectories: true)
        try issue("folder.json").expectFault(66, "folder.json")
        try office.write("", to: "application.json")
        try issue().expectFault(65, "application.json is not JSON")
        try expectNothing()
    }

    /// What is no JSON, or JSON that would hurt.
    static let malformed: [String: [UInt8]] = [
        "cut": Array("{\"holder\": {\"name\": \"卡娜莉\"".utf8),
        "twice the same member": Array("{\"holder\": 1, \"holder\": 2}".utf8),
        "not UTF-8": [0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D],
        "text after it": Array("{} 卡娜莉".utf8),
        "deep": [UInt8](repeating: UInt8(ascii: "["), count: 200_000),
        "deep and whole": [UInt8](repeating: UInt8(ascii: "["), count: 2000)
            + [UInt8](repeating: UInt8(ascii: "]"), count: 2000),
        "lone surrogate": Array("{\"holder\": \"\\ud800\"}".utf8),
        "huge": Array("{\"holder\": \"".utf8) + [UInt8](repeating: UInt8(ascii: "a"), count: 17 << 20)
            + Array("\"}".utf8),
    ]

    @Test(arguments: malformed.keys.sorted())
    func `that is malformed`(form: String) throws {
        let bytes = try #require(Self.malformed[form])
        try office.write(bytes, to: "application.json")
        try issue().expectFault(65, "application.json")
        try expectNothing()
    }

    @Test func `from standard input is named as such`() throws {
        let run = try office.run(["issue", "--type", "business-license", "--input", "-"], input: Array("no".utf8))
        run.expectFault(65, "- is not JSON")
    }

    /// Changes to a right application, and what must be said about each.
    static let bends: [(String, @Sendable (inout JSONObject, inout JSONObject, inout JSONObject) -> Void)] = [
        ("holder.id", { holder, _, _ in holder["id"] = "91990100MA7X3K2030" }),
        ("holder.id", { holder, _, _ in holder["id"] = nil }),
        ("holder.idType", { holder, _, _ in holder["idType"] = "111" }),
        ("holder.idType", { holder, _, _ in holder["idType"] = "卡娜莉" }),
        ("holder.name", { holder, _, _ in holder["name"] = "" }),
        ("holder.name", { holder, _, _ in holder["name"] = 7 }),
        ("holder.nickname", { holder, _, _ in holder["nickname"] = "卡娜莉" }),
        ("holder.‹a name›", { holder, _, _ in holder["卡娜莉"] = "x" }),
        ("fields.establishedOn", { _, fields, _ in fields["establishedOn"] = "1986-02-30" }),
        ("fields.establishedOn", { _, fields, _ in fields["establishedOn"] = 20_240_506 }),
        ("fields.enterpriseType", { _, fields, _ in fields["enterpriseType"] = "卡娜莉" }),
        ("fields.businessScope", { _, fields, _ in fields["businessScope"] = ["卡娜莉"] }),
        ("fields.businessScope", { _, fields, _ in fields["businessScope"] = nil }),
        ("fields.address", { _, fields, _ in fields["address"] = .string(String(repeating: "长", count: 201)) }),
        ("fields.adress", { _, fields, _ in fields["adress"] = "卡娜莉" }),
        ("applicant", { _, _, application in application["applicant"] = "卡娜莉" }),
        ("holder", { _, _, application in application["holder"] = nil }),
        ("fields", { _, _, application in application["fields"] = "卡娜莉" }),
    ]

    @Test(arguments: bends.indices)
    func `names the field and what would be right, and repeats no value`(index: Int) throws {
        let (path, bend) = Self.bends[index]
        try bent(bend)
        let run = try issue()
        run.expectFault(65, "\(path) ")
        try expectNothing()
    }

    private func bent(
        _ bend: (inout JSONObject, inout JSONObject, inout JSONObject) -> Void, type: String = "business-license"
    ) throws {
        var application = try Chancery.example(type)
        var holder = application["holder"]?.object ?? JSONObject()
        var fields = application["fields"]?.object ?? JSONObject()
        bend(&holder, &fields, &application)
        // What the bend left alone takes the bent parts in.
        if application["holder"]?.object != nil { application["holder"] = .object(holder) }
        if application["fields"]?.object != nil { application["fields"] = .object(fields) }
        try office.write(JSONValue.object(application).compactText, to: "application.json")
    }

    @Test func `with several faults has them all told at once`() throws {
        try bent { holder, fields, _ in
            holder["id"] = "1"
            fields["establishedOn"] = "x"
            fields["colour"] = "red"
        }
        try issue().expectFault(65, "holder.id ", "fields.establishedOn ", "fields.colour ")
    }

    @Test(arguments: ["not base 64", "no JPEG", "too large", "a file that is not there"])
    func `with a photo that is none`(form: String) throws {
        let photo: JSONValue =
            switch form {
            case "not base 64": "卡娜莉"
            case "no JPEG": "AAAAAAAAAAAA"
            case "too large": .string(String(repeating: "A", count: 200_000))
            default: ["file": "nowhere.jpg"]
            }
        try bent({ _, fields, _ in fields["photo"] = photo }, type: "safety-officer")
        try issue(type: "safety-officer").expectFault(65, "fields.photo ")
        try expectNothing()
    }

    @Test func `whose text the page has no glyph for is refused with the field named, and its number is void`() throws {
        try bent { _, fields, _ in fields["businessScope"] = "零售\u{10FFFD}" }
        try issue().expectFault(1, "businessScope")
        #expect(office.names(in: "issued").isEmpty)
        let trail = try AuditTrail(of: office)
        #expect(trail.objects("number-reserved") == trail.objects("number-voided"))
    }

    @Test func `of a type or a department that is unknown is bad usage`() throws {
        let example = "policies/examples/business-license.json"
        try issue(example, type: "dog-license").expectFault(64, "dog-license", "business-license, food-permit")
        try office.run(["issue", "--type", "business-license", "--department", "navy", "--input", example])
            .expectFault(64, "department")
        try office.run(["issue", "--type", "business-license", "--department", "food-safety", "--input", example])
            .expectFault(1, "department")
        try expectNothing()
    }

    @Test func `and bad usage of any command is told with what is right`() throws {
        for arguments in [
            ["issue"], ["issue", "--type", "business-license"], ["dance"], ["show"], ["revoke", "x"], ["verify"],
            ["verify", "x", "--at", "yesterday"], ["init", "--fast"],
        ] {
            let run = try office.run(arguments)
            #expect(run.status == 64, "\(arguments): \(run.talk)")
            #expect(run.talk.contains("Error: "), "\(run.talk)")
            #expect(run.output.isEmpty)
            run.expectNoInsides()
        }
    }

    @Test func `help is data and no fault`() throws {
        let commands = [
            [], ["init"], ["serve"], ["issue"], ["batch"], ["show"], ["revoke"], ["suspend"], ["reinstate"],
            ["supersede"], ["verify"], ["bundle"], ["policy", "check"], ["keys", "list"], ["audit", "verify"],
            ["audit", "export"],
        ]
        for command in commands {
            let run = try office.run(command + ["--help"])
            #expect(run.status == 0)
            #expect(run.output.contains("USAGE: chancery"), "\(run.output)")
            #expect(run.talk.isEmpty)
        }
    }
}
