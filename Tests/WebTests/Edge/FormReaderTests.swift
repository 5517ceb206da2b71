import Testing

@testable import Web

@Suite struct FormReaderTests {
    private func read(_ text: String) throws -> [[String]] {
        try FormReader.pairs(Array(text.utf8)).map { [$0.name, $0.value] }
    }

    @Test func `pairs are read in their order, duplicates kept`() throws {
        #expect(try read("a=1&b=2&a=3") == [["a", "1"], ["b", "2"], ["a", "3"]])
        #expect(
            try read("name=%E7%8E%8B+%2B&empty=&bare&&x=a=b") == [
                ["name", "王 +"], ["empty", ""], ["bare", ""], ["x", "a=b"],
            ])
        #expect(try read("") == [])
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "a=%0", "%=1", "a=%00", "a=%ff", "a=%C3%28", "a=%ED%A0%80", "a=%C0%AF"])
    func `what a lenient reader would repair is refused`(_ text: String) {
        #expect(throws: EdgeFault.malformed) { try read(text) }
    }

    @Test func `bytes that are not UTF-8 are refused unencoded too`() {
        #expect(throws: EdgeFault.malformed) { try FormReader.pairs([0x61, 0x3D, 0xFF]) }
    }

    @Test func `64 pairs are read and 65 refused`() throws {
        let pairs = (0..<64).map { "p\($0)=1" }.joined(separator: "&")
        #expect(try read(pairs).count == 64)
        #expect(throws: EdgeFault.tooManyParameters) { try read(pairs + "&q=1") }
        #expect(throws: EdgeFault.tooManyParameters) { try read(String(repeating: "&", count: 60_000)) }
    }

    @Test func `what is written reads back`() throws {
        let pairs = [(name: "a b", value: "王&=+%"), (name: "x", value: "")]
        let back = try FormReader.pairs(Array(FormWriter.text(pairs).utf8))
        #expect(back.map(\.name) == pairs.map(\.name) && back.map(\.value) == pairs.map(\.value))
    }
}
