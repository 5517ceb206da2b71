import Primitives
import Testing

@Suite struct JSONWriterTests {
    @Test func `members are written in their order without spaces`() {
        let value: JSONValue = ["b": [1, .number("1.50"), "x", true, .null, []], "a": ["c": [:]]]
        #expect(value.compactText == #"{"b":[1,1.50,"x",true,null,[]],"a":{"c":{}}}"#)
        #expect(JSONValue.null.compactText == "null")
        #expect(value.compactBytes == Array(value.compactText.utf8))
    }

    @Test(arguments: [
        ("plain 汉字 𠮷", #""plain 汉字 𠮷""#),
        ("quote \" reverse \\ solidus /", #""quote \" reverse \\ solidus /""#),
        ("\n\r\t", #""\n\r\t""#),
        ("\u{0}\u{1F}\u{7F}é", #""\u0000\u001f\u007fé""#),
        ("", #""""#),
    ])
    func `only what must be escaped is`(text: String, written: String) throws {
        #expect(JSONValue.string(text).compactText.lowercased() == written.lowercased())
        #expect(try JSONReader.read(written) == .string(text))
    }

    @Test func `people get two spaces for each depth`() {
        let value: JSONValue = ["a": [1, []], "b": [:]]
        #expect(value.prettyText == "{\n  \"a\": [\n    1,\n    []\n  ],\n  \"b\": {}\n}")
    }
}

@Suite struct JSONObjectTests {
    /// Few are looked for one after the other, many by hash: the turn comes at 12.
    @Test(arguments: [0, 1, 11, 12, 13, 14, 100])
    func `members are found, kept in order, set again and taken out however many there are`(count: Int) {
        var object = JSONObject()
        for index in 0..<count { object["n\(index)"] = .integer(index) }
        #expect(object.count == count)
        #expect(object.names == (0..<count).map { "n\($0)" })
        for index in 0..<count { #expect(object["n\(index)"] == .integer(index)) }
        #expect(object["missing"] == nil)
        guard count > 0 else { return }
        object["n0"] = "again"
        #expect(object.names.first == "n0" && object["n0"] == "again")
        object["n0"] = nil
        object["missing"] = nil
        #expect(object["n0"] == nil && object.count == count - 1)
        for index in 1..<count { #expect(object["n\(index)"] == .integer(index)) }
        object["last"] = true
        #expect(object.names.last == "last" && object["last"] == true)
    }

    @Test func `two objects are equal when members, values and order are`() {
        let left = JSONObject([("a", 1), ("b", 2)])
        #expect(left == JSONObject([("a", 1), ("b", 2)]))
        #expect(left.hashValue == JSONObject([("a", 1), ("b", 2)]).hashValue)
        #expect(left != JSONObject([("b", 2), ("a", 1)]))
        #expect(left != JSONObject([("a", 1), ("b", 3)]))
    }
}
