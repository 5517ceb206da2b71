import Primitives
import Testing

struct ByteScanTests {
    @Test func `a marked byte is found wherever it stands, and nothing else is`() {
        for length in 0..<70 {
            var bytes = [UInt8](repeating: UInt8(ascii: "b"), count: length)
            #expect(!contains(bytes[...]))
            #expect(ByteScan.firstIndex(of: 0xC3, in: bytes[...]) == nil)
            for index in bytes.indices {
                bytes[index] = 0xC3
                #expect(contains(bytes[...]))
                #expect(ByteScan.firstIndex(of: 0xC3, in: bytes[...]) == index)
                // What stands outside of a slice is not looked at.
                #expect(!contains(bytes[..<index]) && !contains(bytes[(index + 1)...]))
                #expect(ByteScan.firstIndex(of: 0xC3, in: bytes[index...]) == index)
                #expect(ByteScan.firstIndex(of: 0xC3, in: bytes[(index + 1)...]) == nil)
                bytes[index] = UInt8(ascii: "b")
            }
        }
    }

    @Test func `a text stands where all its bytes do, and never beyond the end`() {
        let bytes = Array("中国 {\"iss\":".utf8)
        for (text, place) in [("中国", 0), ("国", 3), ("{\"iss\":", 7), (":", 13)] {
            for index in -1...(bytes.count + 1) {
                #expect(ByteScan.stands(text, in: bytes, at: index) == (index == place), "\(text) at \(index)")
            }
        }
        #expect(!ByteScan.stands(":x", in: bytes, at: 13) && !ByteScan.stands("a", in: [], at: 0))
    }

    private func contains(_ bytes: ArraySlice<UInt8>) -> Bool {
        ByteScan.contains(in: bytes) { $0 .>= .init(repeating: 0x80) }
    }
}
