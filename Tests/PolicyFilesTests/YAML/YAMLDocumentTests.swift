import Testing

struct YAMLDocumentTests {
    private let valid = PolicySample.valid["authority.yaml"] ?? ""

    private func faults(_ text: String) throws -> [String] {
        try faults(in: PolicySample.changing("authority.yaml", to: text))
    }

    private func faults(in sample: PolicySample) throws -> [String] {
        try sample.faults().map { $0.replacing("authority.yaml:", with: "") }
    }

    @Test func `what is not YAML is told with its place`() throws {
        #expect(
            try faults("name: {en: A\ncode: 1\n") == [
                "2:5: this is not YAML: while parsing a flow mapping, begun in line 1, did not find expected ',' or '}'"
            ])
        #expect(
            try faults("name:\n\ten: A\n") == [
                "2:1: this is not YAML: while scanning for the next token, begun in line 2, found character that cannot start any token: indent with spaces, quote texts that begin so"
            ])
    }

    @Test func `a second document is refused`() throws {
        #expect(
            try faults(valid + "---\nname: {en: B}\n") == [
                "4:1: a policy file holds one document: take out what follows `---`"
            ])
    }

    @Test func `a key that stands twice is a fault, and the rest of the file is still checked`() throws {
        #expect(
            try faults(valid + "\"name\": {en: Again}\nlanguages: []\ncolour: red\n") == [
                "4:1: `name` stands twice in this map, first in line 1: keep one",
                "5:1: `languages` stands twice in this map, first in line 3: keep one",
                "5:12: an empty list: expected at least one, each a language tag like `en` or `zh`",
                "6:1: unknown key `colour`: known are `code`, `languages` and `name`",
            ])
    }

    @Test func `a key that stands three times is two faults`() throws {
        #expect(
            try faults(valid.replacing("{en: Example City, zh: 示例市}", with: "{en: A, en: B, 'en': C}")) == [
                "1:15: `en` stands twice in this map, first in line 1: keep one",
                "1:22: `en` stands twice in this map, first in line 1: keep one",
            ])
    }

    @Test func `a double key that cannot be masked is still a fault`() throws {
        let found = try faults("? |-\n  name\n: {en: A}\n? |-\n  name\n: {en: A}\n")
        #expect(found == ["1:3: `name` stands twice in this map: keep one"])
    }

    @Test func `anchors and aliases are refused`() throws {
        let problem = "anchors (`&name`) and aliases (`*name`) are refused: write the value out"
        let found = try faults(valid.replacing("{en: Example City, zh: 示例市}", with: "&n {en: A}") + "title: *n\n")
        #expect(
            found == [
                "1:7: \(problem)",
                "1:7: expected a text by language, for example `{en: Example, zh: 示例}`, found nothing",
                "4:1: unknown key `title`: known are `code`, `languages` and `name`",
            ])
        #expect(try faults(valid + "title: *gone\n") == ["4:8: this is not YAML: found undefined alias"])
    }

    @Test(.timeLimit(.minutes(1))) func `aliases that would multiply are refused before they are copied`() throws {
        let levels = (1...60).map { "a\($0): &a\($0) {? [*a\($0 - 1), *a\($0 - 1)] : 1}\n" }.joined()
        let problem = "anchors (`&name`) and aliases (`*name`) are refused: write the value out"
        #expect(try faults("a0: &a0 [1]\n" + levels) == ["1:5: \(problem)"])
    }

    @Test func `ampersands and asterisks in texts are no anchors`() throws {
        let stars = String(repeating: "*a ", count: 40)
        #expect(try faults(valid.replacing("Example City", with: "Food & Drug *new* R&D")) == [])
        #expect(try faults(valid + "# \(stars)\n") == [])
    }

    @Test(arguments: [17, 400, 100_000], ["[", "{x: ", "- "])
    func `deep nesting is refused`(depth: Int, opening: String) throws {
        let closing = ["[": "]", "{x: ": "}"][opening] ?? ""
        let text = "x:\n  " + String(repeating: opening, count: depth) + String(repeating: closing, count: depth) + "\n"
        let found = try faults(valid + text)
        #expect(found.contains { $0.hasPrefix("5:") && $0.hasSuffix(": nested more than 16 deep: no policy is") })
    }

    @Test func `a key that is no word is a fault`() throws {
        #expect(try faults(valid + "[a, b]: 1\n") == ["4:1: a key is one plain word"])
    }
}
