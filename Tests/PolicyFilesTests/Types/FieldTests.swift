import Licensing
import PolicyFiles
import Primitives
import Testing

struct FieldTests {
    /// The sample's type with one more field, in line 9.
    private func sample(_ field: String) throws -> PolicySample {
        try PolicySample.changing(PolicySample.type, "pages:", to: "  - \(field)\npages:")
    }

    private func faults(_ field: String) throws -> [String] {
        try sample(field).faults().map { $0.replacing(PolicySample.type + ":", with: "") }
    }

    private func field(_ field: String) throws -> FieldDefinition? {
        try sample(field).onDisk { try PolicyFolder.load($0).licensing.types["market-stall"]?.fields.last }
    }

    @Test(arguments: [
        ("text", FieldDefinition.Kind.text(maximumLength: 200)), ("text, maxLength: 50", .text(maximumLength: 50)),
        ("integer", .integer), ("decimal", .decimal), ("date", .date), ("organization-code", .organizationCode),
        ("person-id", .personID), ("photo", .photo(maximumBytes: 204_800, maximumPixels: 4_000_000)),
        ("photo, maxBytes: 50000, maxPixels: 200000", .photo(maximumBytes: 50_000, maximumPixels: 200_000)),
    ])
    func `every kind of field loads`(type: String, kind: FieldDefinition.Kind) throws {
        #expect(try field("{name: x, label: {en: X}, type: \(type)}")?.kind == kind)
    }

    @Test func `ids of persons and photos are personal unless the file says otherwise`() throws {
        #expect(try field("{name: x, label: {en: X}, type: person-id}")?.isPersonal == true)
        #expect(try field("{name: x, label: {en: X}, type: photo}")?.isPersonal == true)
        #expect(try field("{name: x, label: {en: X}, type: text}")?.isPersonal == false)
        #expect(try field("{name: x, label: {en: X}, type: person-id, personal: false}")?.isPersonal == false)
        #expect(try field("{name: x, label: {en: X}, type: text, personal: true}")?.isPersonal == true)
    }

    @Test func `a choice has its choices`() throws {
        let choice = try field("{name: x, label: {en: X}, type: choice, choices: [{code: C1, label: {en: One}}]}")
        guard case .choice(let choices) = choice?.kind else {
            Issue.record("no choice")
            return
        }
        #expect(choices.map(\.code) == ["C1"] && choices.map(\.label.english) == ["One"])
    }

    @Test func `a choice without choices is a fault`() throws {
        #expect(
            try faults("{name: x, label: {en: X}, type: choice}") == [
                "9:5: `choices` is missing: give the choices, for example `[{code: a, label: {en: First}}]`"
            ])
        #expect(
            try faults("{name: x, label: {en: X}, type: choice, choices: []}") == [
                "9:54: an empty list: expected at least one, each a choice, for example `{code: a, label: {en: First}}`"
            ])
        #expect(
            try faults("{name: x, label: {en: X}, type: choice, choices: [a, {code: b c, label: {en: B}}]}") == [
                "9:55: expected a choice, for example `{code: a, label: {en: First}}`, found `a`",
                "9:65: `b c` is no choice code: use ASCII letters, digits and - _ . up to 64",
            ])
    }

    @Test func `a choice code stands once`() throws {
        let (a, b) = ("{code: a, label: {en: A}}", "{code: a, label: {en: B}}")
        #expect(
            try faults("{name: x, label: {en: X}, type: choice, choices: [\(a), \(b)]}") == [
                "9:89: the choice `a` stands twice, first in line 9: take one out"
            ])
    }

    @Test func `a key of another kind of field is a fault`() throws {
        #expect(
            try faults("{name: x, label: {en: X}, type: date, maxLength: 5, choices: []}") == [
                "9:43: `maxLength` is only for fields of type `text`, this one is `date`: take it out",
                "9:57: `choices` is only for fields of type `choice`, this one is `date`: take it out",
            ])
    }

    @Test func `a field name stands once`() throws {
        #expect(
            try faults("{name: stall, label: {en: X}, type: text}") == [
                "9:12: the field `stall` stands twice, first in line 7: take one out"
            ])
    }

    @Test(arguments: ["holder.name", "2x", "注册资本", "a-b", "\"\""])
    func `a field name is an ASCII word`(name: String) throws {
        let printed = name == "\"\"" ? "" : name
        #expect(
            try faults("{name: \(name), label: {en: X}, type: text}") == [
                "9:12: `\(printed)` is no field name: use ASCII letters, digits and _, beginning with a letter, for example `registeredCapital`"
            ])
    }

    @Test(arguments: ["number", "validFrom", "issuedOn"])
    func `a field cannot take the name of what every license shows`(name: String) throws {
        #expect(
            try faults("{name: \(name), label: {en: X}, type: text}") == [
                "9:12: every license has its own `\(name)` on the page: choose another name for this field"
            ])
    }

    @Test func `an unknown kind, a wrong flag and a misspelt key are all named`() throws {
        #expect(
            try faults("{name: x, lable: {en: X}, type: txt, required: yes, personal: \"true\"}") == [
                "9:15: unknown key `lable`: did you mean `label`?",
                "9:37: unknown word `txt`: did you mean `text`?",
                "9:52: expected `true` or `false`, found `yes`",
                "9:67: `true` is a text: write `true` or `false` without quotes",
            ])
    }

    @Test func `an empty field names what it needs`() throws {
        #expect(
            try faults("{}") == [
                "9:5: `label` is missing: give a text by language, for example `{en: Example, zh: 示例}`",
                "9:5: `name` is missing: give the field's name, for example `registeredCapital`",
                "9:5: `type` is missing: give one of `text`, `integer`, `decimal`, `date`, `choice`, `photo`, `organization-code`, `person-id`",
            ])
    }
}
