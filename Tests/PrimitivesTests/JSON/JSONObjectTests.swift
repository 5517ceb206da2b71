import Primitives
import Testing

struct JSONObjectTests {
    @Test func `members keep their place, and nil takes one out`() {
        var object = JSONObject([("a", 1), ("b", 2), ("c", 3)])
        object["a"] = 9
        object["b"] = nil
        object["d"] = nil
        object["b"] = 7
        #expect(object.names == ["a", "c", "b"])
        #expect(object["a"] == 9 && object.count == 3 && object["d"] == nil)
    }

    @Test(arguments: [3, 16, 17, 200])
    func `members keep their order and are found, in short objects and long ones`(_ count: Int) {
        var object = JSONObject()
        for index in 0..<count { object["name\(index)"] = .integer(index) }
        for index in stride(from: 0, to: count, by: 3) { object["name\(index)"] = "changed" }
        #expect(object.names == (0..<count).map { "name\($0)" })
        for index in 0..<count {
            #expect(object["name\(index)"] == (index % 3 == 0 ? "changed" : .integer(index)))
        }
        #expect(object["name\(count)"] == nil)
    }

    @Test(arguments: [3, 16, 17, 18, 40])
    func `a member set to nil is gone and those behind it are still found`(_ count: Int) {
        var object = JSONObject((0..<count).map { ("\($0)", .integer($0)) })
        object["1"] = nil
        object["none"] = nil
        #expect(object.count == count - 1 && object["1"] == nil)
        for index in 2..<count { #expect(object["\(index)"] == .integer(index)) }
        object["1"] = "again"
        #expect(object.names.last == "1" && object.count == count)
    }

    @Test func `objects are equal when their members stand in the same order`() {
        let long = (0..<30).map { ("\($0)", JSONValue.integer($0)) }
        #expect(JSONObject(long) == JSONObject(long))
        #expect(JSONObject(long) != JSONObject(long.reversed()))
        #expect(JSONObject(long).hashValue == JSONObject(long).hashValue)
        var shortened = JSONObject(long)
        for index in 10..<30 { shortened["\(index)"] = nil }
        #expect(shortened == JSONObject(Array(long.prefix(10))))
    }

    @Test func `a name twice is found in long objects too`() {
        let text = "{" + (0..<40).map { "\"\($0 % 39)\":1" }.joined(separator: ",") + "}"
        #expect(throws: JSONFault.self) { try JSONReader.read(text) }
    }

    /// U+212A decomposes to the letter K, U+00E9 to e and U+0301.
    @Test(arguments: [("K", "\u{212A}"), ("\u{E9}", "e\u{301}")])
    func `names that Unicode calls the same are one name, whatever their bytes`(one: String, other: String) {
        for (first, second) in [(one, other), (other, one)] {
            var object = JSONObject([("a", 1), (first, 2), ("z", 3)])
            #expect(object[second] == 2)
            object[second] = 4
            #expect(object[first] == 4 && object.count == 3)
        }
    }
}
