import Primitives
import Testing

struct JSONWriterTests {
    @Test func `compact text keeps the order and escapes what must be`() throws {
        let value: JSONValue = [
            "b": [1, .number("1.50"), true, .null], "a": "\"\\\n\r\t\u{1}\u{7F}水/😀", "c": [:], "d": [],
        ]
        let text = value.compactText
        #expect(text == "{\"b\":[1,1.50,true,null],\"a\":\"\\\"\\\\\\n\\r\\t\\u0001\\u007f水/😀\",\"c\":{},\"d\":[]}")
        #expect(try JSONReader.read(text) == value)
    }

    @Test func `pretty text reads back the same`() throws {
        let value: JSONValue = ["a": [1, ["b": "c"]], "d": [], "e": [:]]
        #expect(try JSONReader.read(value.prettyText) == value)
        #expect(value.prettyText.hasPrefix("{\n  \"a\": [\n    1,\n    {\n      \"b\": \"c\"\n    }\n  ],"))
    }

    /// RFC 8259 §7, scalar by scalar.
    private func plainly(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\u{0}"..<"\u{20}", "\u{7F}": result += "\\u00" + Hexadecimal.encode([UInt8(scalar.value)])
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    @Test func `every scalar is written as it was scalar by scalar`() {
        for value in UInt32(0)..<0x11_0000 where value < 0x300 || value % 251 == 0 {
            guard let scalar = UnicodeScalar(value) else { continue }
            for text in [String(Character(scalar)), "a" + String(Character(scalar)) + "业\n", ""] {
                #expect(JSONValue.string(text).compactText == plainly(text))
            }
        }
    }

    @Test func `what must be escaped is seen wherever it stands`() {
        for length in 1..<40 {
            for place in 0..<length {
                for (character, escaped) in [
                    ("\"", "\\\""), ("\\", "\\\\"), ("\u{1F}", "\\u001f"), ("\u{7F}", "\\u007f"),
                ] {
                    let (before, after) = (
                        String(repeating: "x", count: place), String(repeating: "y", count: length - 1 - place)
                    )
                    #expect(
                        JSONValue.string(before + character + after).compactText == "\"\(before)\(escaped)\(after)\"")
                }
            }
        }
    }

    @Test func `what is written is read back`() throws {
        let value: JSONValue = [
            "a": [1, .number("-12.50"), true, false, .null, [], [:], "\u{1}\"\\/停业🀄"], "": "", "b": ["c": [[["d"]]]],
        ]
        #expect(
            value.compactText == #"{"a":[1,-12.50,true,false,null,[],{},"\u0001\"\\/停业🀄"],"":"","b":{"c":[[["d"]]]}}"#)
        #expect(try JSONReader.read(value.compactBytes) == value)
        #expect(try JSONReader.read(value.prettyText) == value)
    }

    @Test func `text for people is indented by two spaces, empty groups are not opened`() {
        let value: JSONValue = ["a": [1, ["b": [:]]], "c": [], "d": ["e": "f"]]
        #expect(
            value.prettyText == """
                {
                  "a": [
                    1,
                    {
                      "b": {}
                    }
                  ],
                  "c": [],
                  "d": {
                    "e": "f"
                  }
                }
                """)
        #expect(JSONValue.object(JSONObject()).prettyText == "{}")
    }
}
