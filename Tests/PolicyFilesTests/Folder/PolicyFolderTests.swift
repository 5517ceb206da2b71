import Foundation
import Licensing
import PolicyFiles
import Primitives
import Testing

struct PolicyFolderTests {
    @Test func `a folder without a fault loads, and what it leaves out has its default`() throws {
        let policy = try PolicySample().onDisk { try PolicyFolder.load($0 + "/").licensing }
        let department = try #require(policy.departments["market-regulation"])
        #expect(department.sector == "market-regulation")
        #expect(department.signerAlgorithm == .es256)
        let type = try #require(policy.types["market-stall"])
        #expect(type.formats == [.pdf, .sdJWT])
        #expect(type.requiredCheckers == 0)
        #expect(type.validity == .years(1))
        #expect(type.fields.map(\.kind) == [.text(maximumLength: 200), .date])
        #expect(type.pages == ["en": "page.svg"])
    }

    @Test func `no folder is one fault`() throws {
        let error = try #require(throws: PolicyFaults.self) { try PolicyFolder.load("nowhere/policies") }
        #expect(
            error.description
                == "nowhere/policies:1:1: there is no policy folder here: expected a folder with authority.yaml, departments/ and licenses/ (CHANCERY_POLICIES)"
        )
    }

    @Test func `a file in place of the folder is one fault`() throws {
        let found = try PolicySample().onDisk { path in
            let error = try #require(throws: PolicyFaults.self) { try PolicyFolder.load(path + "/authority.yaml") }
            return error.faults.map(\.problem)
        }
        #expect(found.count == 1 && found[0].hasPrefix("this is no folder that can be read"))
    }

    @Test func `an empty folder is one fault`() throws {
        var sample = PolicySample()
        sample.files = [:]
        #expect(
            try sample.faults() == [
                "authority.yaml:1:1: this file is missing: it names the authority with `name`, `code` and `languages`"
            ])
    }

    @Test func `an authority without departments is a fault`() throws {
        var sample = PolicySample()
        sample.files = sample.files.filter { $0.key == "authority.yaml" }
        #expect(
            try sample.faults() == [
                "departments:1:1: there is no department: expected at least one file `departments/<id>.yaml`"
            ])
    }

    @Test(arguments: [nil, "licenses/"])
    func `no license type at all is no fault`(folder: String?) throws {
        var sample = PolicySample()
        sample.files = sample.files.filter { !$0.key.hasPrefix("licenses") }
        if let folder { sample.files[folder] = [] }
        #expect(try sample.faults() == [])
    }

    @Test func `examples, notes and dot files are left alone`() throws {
        var sample = PolicySample()
        for name in [
            "portals/README.md", "examples/a.json", "README.md", "departments/.gitkeep",
            "departments/market-regulation.yaml~", "licenses/NOTES.md", "licenses/market-stall/logo.png",
        ] { sample.files[name] = Array(": [".utf8) }
        #expect(try sample.faults() == [])
    }

    @Test func `names that are nearly right are faults`() throws {
        var sample = PolicySample()
        for name in [
            "department/x.yaml", "sign_in.yaml", "authority.yml", "departments/tax.yml", "licenses/fishing.yaml",
        ] { sample.files[name] = [] }
        #expect(
            try sample.faults() == [
                "authority.yml:1:1: this file belongs to no policy: did you mean `authority.yaml`?",
                "department:1:1: unknown folder: did you mean `departments`?",
                "departments/tax.yml:1:1: this file is not read: the file of a department is named `<id>.yaml`",
                "licenses/fishing.yaml:1:1: this file is not read: a license type is a folder `licenses/<id>/` with type.yaml",
                "sign_in.yaml:1:1: this file belongs to no policy: did you mean `sign-in.yaml`?",
            ])
    }

    @Test func `ids in file and folder names are checked`() throws {
        var sample = PolicySample()
        sample.files["departments/Food_Safety.yaml"] = Array("name: {en: F}\ncode: 11110000000021143G\n".utf8)
        sample.files["licenses/2nd/type.yaml"] = sample.files[PolicySample.type].map {
            Array(String(decoding: $0, as: UTF8.self).replacingOccurrences(of: "W004", with: "W005").utf8)
        }
        sample.files["licenses/2nd/page.svg"] = []
        #expect(
            try sample.faults() == [
                "departments/Food_Safety.yaml:1:1: `Food_Safety` is no id: use lower-case letters, digits and single hyphens, beginning with a letter, at most 64, for example `food-safety`",
                "licenses/2nd:1:1: `2nd` is no id: use lower-case letters, digits and single hyphens, beginning with a letter, at most 64",
            ])
    }

    @Test func `a license folder without its type.yaml is a fault`() throws {
        var sample = PolicySample()
        sample.files["licenses/fishing/"] = []
        #expect(
            try sample.faults() == [
                "licenses/fishing/type.yaml:1:1: this file is missing: every folder in licenses/ is a license type with its type.yaml"
            ])
    }

    @Test func `two departments with one code are a fault`() throws {
        var sample = PolicySample()
        sample.files["departments/trade.yaml"] = Array("name: {en: Trade}\ncode: 11110000000021135M\n".utf8)
        #expect(
            try sample.faults() == [
                "departments/trade.yaml:2:7: the code `11110000000021135M` is that of departments/market-regulation.yaml: no two departments share a code"
            ])
    }

    @Test func `two types with one code are a fault`() throws {
        var sample = PolicySample()
        sample.files["licenses/stall/type.yaml"] = sample.files[PolicySample.type]
        sample.files["licenses/stall/page.svg"] = []
        #expect(
            try sample.faults() == [
                "licenses/stall/type.yaml:1:7: the code `11100000000013338W004` is that of licenses/market-stall/type.yaml: no two license types share a code"
            ])
    }

    @Test func `a broken department may still be referred to`() throws {
        let found = try faults("departments/market-regulation.yaml", "code: ", to: "kode: ")
        #expect(found == ["departments/market-regulation.yaml:2:1: unknown key `kode`: did you mean `code`?"])
    }

    @Test func `the faults of all files come in one run, in order`() throws {
        var sample = try PolicySample.changing("authority.yaml", "{en: Example City, zh: 示例市}", to: "{zh: 示例市}")
        sample.files["departments/market-regulation.yaml"] = Array("name: [a]\nsigner: {algorithm: MD5}\n".utf8)
        sample.files[PolicySample.type] = Array("code: 1\nholder: dog\nvalidity: {years: 0}\ncolour: red\n".utf8)
        let places = try sample.faults().map { $0.components(separatedBy: ": ")[0] }
        #expect(
            places == [
                "authority.yaml:1:7", "departments/market-regulation.yaml:1:1",
                "departments/market-regulation.yaml:1:7", "departments/market-regulation.yaml:2:21",
                "licenses/market-stall/type.yaml:1:1", "licenses/market-stall/type.yaml:1:1",
                "licenses/market-stall/type.yaml:1:1", "licenses/market-stall/type.yaml:1:7",
                "licenses/market-stall/type.yaml:2:9", "licenses/market-stall/type.yaml:3:19",
                "licenses/market-stall/type.yaml:4:1",
            ])
    }

    @Test func `a file of nothing but faults is cut`() throws {
        let keys = (0..<2000).map { "unknown\($0): 1\n" }.joined()
        let found = try faults("authority.yaml", to: keys)
        #expect(found.count == 501)
        #expect(found.last?.hasSuffix("more faults follow that are not shown: correct the first 500") == true)
    }
}
