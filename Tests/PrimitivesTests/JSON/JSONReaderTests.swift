import Primitives
import Testing

struct JSONReaderTests {
    private func refusal(of text: String, maximumDepth: Int = 32) -> String? {
        do {
            _ = try JSONReader.read(text, maximumDepth: maximumDepth)
            return nil
        } catch {
            return error.reason
        }
    }

    @Test func `a text of every kind of value is read`() throws {
        let value = try JSONReader.read(
            " {\"a\" : [1, -2.50, 1e+3, true, false, null] ,\r\n\t\"b\":{\"c\":\"\\u6c34\\n\\\"\\/\"}, \"\":\"\"} ")
        let expected: JSONValue = [
            "a": [1, .number("-2.50"), .number("1e+3"), true, false, .null], "b": ["c": "水\n\"/"], "": "",
        ]
        #expect(value == expected)
        #expect(value.object?.names == ["a", "b", ""])
    }

    @Test func `numbers keep their digits and only whole ones are integers`() throws {
        let values = try #require(
            try JSONReader.read("[0, -0, 12.50, 9223372036854775807, 9223372036854775808, 1e2]").array)
        #expect(values.map(\.integer) == [0, 0, nil, .max, nil, nil])
        #expect(values[2] == .number("12.50"))
    }

    @Test(arguments: [
        ("\"\\u0041\"", "A"), ("\"\\ud83d\\uDE00\"", "😀"), ("\"\\b\\f\\r\\t\\\\\"", "\u{8}\u{C}\r\t\\"),
        ("\"\u{7F}\"", "\u{7F}"),
    ])
    func `escapes are read`(text: String, expected: String) throws {
        #expect(try JSONReader.read(text).string == expected)
    }

    @Test(arguments: [
        ("", "too early"), (" ", "too early"), ("{} {}", "after the end"), ("[1,]", "number"), ("[,1]", "number"),
        ("{\"a\":1,}", "expected '\"'"), ("{a:1}", "expected '\"'"), ("{'a':1}", "expected '\"'"),
        ("{\"a\"}", "expected ':'"),
        ("{\"a\":1 \"b\":2}", "expected '}'"), ("[1 2]", "expected ']'"), ("[1", "expected ']'"),
        ("{\"a\":", "too early"),
        ("01", "after the end"), ("1.", "number"), (".5", "number"), ("+1", "number"), ("-", "number"),
        ("1e", "number"),
        ("0x10", "after the end"), ("NaN", "number"), ("Infinity", "number"), ("tru", "expected 'e'"),
        ("nul", "expected 'l'"),
        ("True", "number"), ("\"a", "without its end"), ("\"\n\"", "control character"), ("\"\\x\"", "escape"),
        ("\"\\u12\"", "4 hex digits"), ("\"\\u12g4\"", "4 hex digits"), ("\"\\ud800\"", "expected"),
        ("\"\\udc00\"", "lone surrogate"), ("\"\\ud800\\u0041\"", "lone surrogate"), ("// c\n1", "number"),
        ("\u{FEFF}1", "number"), ("[1]\u{0}", "after the end"), ("\u{A0}1", "number"),
    ])
    func `what RFC 8259 does not allow is refused`(text: String, reason expected: String) throws {
        let reason = try #require(refusal(of: text))
        #expect(reason.contains(expected) || expected == "number", "\(reason)")
    }

    @Test(arguments: [
        #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, #"{"x":{"a":1,"b":2,"a":1}}"#, #"[{"":1,"":2}]"#,
        "{\"\u{E9}\":1,\"e\u{301}\":2}",
    ])
    func `a name twice in one object is refused, however it is written`(text: String) {
        #expect(refusal(of: text)?.contains("stands twice") == true)
    }

    @Test(
        arguments: [[0xFF], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xC0, 0xAF, 0x22]] as [[UInt8]])
    func `bytes that are not UTF-8 are refused`(bytes: [UInt8]) {
        #expect(throws: JSONFault.self) { try JSONReader.read(bytes) }
    }

    @Test func `depth is bounded before the stack is`() {
        #expect(refusal(of: "[[0]]", maximumDepth: 2) == nil)
        #expect(refusal(of: "[[0]]", maximumDepth: 1)?.contains("nested more than 1 deep") == true)
        #expect(refusal(of: String(repeating: "[", count: 1_000_000))?.contains("nested") == true)
        #expect(refusal(of: String(repeating: "{\"a\":", count: 500_000))?.contains("nested") == true)
    }

    @Test func `the fault tells where`() {
        let fault = #expect(throws: JSONFault.self) { try JSONReader.read(#"{"a":1,"b":x}"#) }
        #expect(fault?.offset == 11)
    }

    @Test func `no cut of a good text traps`() {
        let bytes = Array(#"{"a":["\ud83d\ude00",-1.5e+3,true,null],"b":{"水":"\\"}}"#.utf8)
        for count in 0..<bytes.count {
            #expect(throws: JSONFault.self) { try JSONReader.read(Array(bytes.prefix(count))) }
        }
    }
}
