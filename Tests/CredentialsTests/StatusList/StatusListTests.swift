import Credentials
import Primitives
import Testing

struct StatusListTests {
    private func values(_ list: StatusList, _ count: Int) throws -> [UInt8] {
        var values: [UInt8] = []
        for index in 0..<count { values.append(try list.value(at: index)) }
        return values
    }

    @Test func `the draft's example of one bit reads least significant bit first`() throws {
        let list = try StatusList(encoded: "eNrbuRgAAhcBXQ", bits: 1)
        #expect(list.capacity == 16)
        #expect(try values(list, 16) == [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1])
    }

    @Test func `the draft's example of two bits reads least significant bits first`() throws {
        let list = try StatusList(encoded: "eNo76fITAAPfAgc", bits: 2)
        #expect(list.capacity == 12)
        #expect(try values(list, 12) == [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3])
    }

    @Test(arguments: [
        (1, StatusListVectors.oneBit, StatusListVectors.oneBitValues),
        (2, StatusListVectors.twoBits, StatusListVectors.twoBitsValues),
        (4, StatusListVectors.fourBits, StatusListVectors.fourBitsValues),
    ])
    func `the draft's long lists hold exactly their values`(
        bits: Int, text: String, expected: [(index: Int, value: UInt8)]
    ) throws {
        let list = try StatusList(encoded: text, bits: bits)
        #expect(list.capacity == 1 << 20)
        var same = StatusList(capacity: 1 << 20, bits: bits)
        for (index, value) in expected {
            #expect(try list.value(at: index) == value)
            try same.set(value, at: index)
        }
        #expect(list == same)
    }

    @Test(arguments: [1, 2, 4, 8])
    func `a list reads back what was set, and neighbours stay`(bits: Int) throws {
        let most = UInt8(truncatingIfNeeded: (1 << bits) - 1)
        var list = StatusList(capacity: 1000, bits: bits)
        for index in [0, 1, 7, 8, 500, 999] { try list.set(most, at: index) }
        try list.set(1, at: 500)
        try list.set(0, at: 999)
        let read = try StatusList(encoded: list.encoded, bits: bits)
        #expect(read == list)
        for index in 0..<1000 {
            let expected: UInt8 = [0, 1, 7, 8].contains(index) ? most : (index == 500 ? 1 : 0)
            #expect(try read.value(at: index) == expected)
        }
    }

    @Test func `places outside the list and values too wide are refused`() throws {
        var list = StatusList(capacity: 100)
        #expect(list.bits == 2 && list.capacity == 100)
        for index in [-1, 100, Int.max, Int.min] {
            #expect(throws: StatusListFault.self) { try list.value(at: index) }
            #expect(throws: StatusListFault.self) { try list.set(1, at: index) }
        }
        #expect(throws: StatusListFault.self) { try list.set(4, at: 0) }
        #expect(try list.value(at: 0) == 0)
    }

    @Test func `odd sizes are rounded up`() {
        #expect(StatusList(capacity: 101).capacity == 104)
        #expect(StatusList(capacity: 10, bits: 3).bits == 4)
        #expect(StatusList(capacity: -5).capacity == 0)
        #expect(StatusList(capacity: 3, bits: 9).bits == 8)
    }

    @Test(arguments: [0, 3, 16, -1, Int.max])
    func `widths that do not exist are refused`(bits: Int) {
        #expect(throws: StatusListFault.self) { try StatusList(encoded: "eNrbuRgAAhcBXQ", bits: bits) }
    }

    @Test(arguments: [
        "eNrbuRgAAhcBXR",  // not canonical
        "eNrbuRgAAhcBXQ==",  // padded
        "eNrbuRgAAhcBXA",  // wrong checksum
        "eNrbuRgAAhc",  // cut off
        "eNrbuRgAAhcBXQAA",  // bytes after the stream
        "uaM",  // not compressed
        "H4sIAAAAAAAA_9u5GAAAAP__",  // gzip, as another standard packs
        "", "é",
    ])
    func `what is not one whole zlib stream is refused`(text: String) {
        #expect(throws: StatusListFault.self) { try StatusList(encoded: text, bits: 1) }
    }

    @Test func `a bomb is refused at the limit`() throws {
        let bomb = StatusList(capacity: 64 << 20, bits: 8).encoded
        #expect(bomb.utf8.count < 200_000)
        #expect(throws: StatusListFault.self) { try StatusList(encoded: bomb, bits: 8) }
        let list = StatusList(capacity: 1000, bits: 8)
        #expect(try StatusList(encoded: list.encoded, bits: 8, maximumBytes: 1000) == list)
        #expect(throws: StatusListFault.self) { try StatusList(encoded: list.encoded, bits: 8, maximumBytes: 999) }
        let long = String(repeating: "A", count: 8 << 20)
        #expect(throws: StatusListFault.self) { try StatusList(encoded: long, bits: 8) }
    }
}
