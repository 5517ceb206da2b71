import Testing

@testable import Primitives

struct IdentifierTests {
    private struct Owner {}
    private struct Counter: Randomness {
        func bytes(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: $0) } }
    }
    private struct Fixed: Randomness {
        let byte: UInt8
        func bytes(_ count: Int) -> [UInt8] { [UInt8](repeating: byte, count: count) }
    }

    private func name(_ milliseconds: Int64, _ byte: UInt8) -> Identifier<Owner> {
        Identifier(at: Instant(millisecondsSinceEpoch: milliseconds), from: Fixed(byte: byte))
    }

    @Test func `one that is named by time has the milliseconds in front and 80 random bits behind`() {
        #expect(name(0x0123_4567_89AB, 0xCD).description == "0123456789abcdcdcdcdcdcdcdcdcdcd")
        #expect(name(0, 0).description == String(repeating: "0", count: 32))
    }

    @Test func `what is named later stands behind, whatever the random bits are`() {
        let first = Int64(1_795_000_000_000)
        for step in [1, 2, 255, 256, 65_536, 86_400_000] {
            #expect(
                name(first, 0xFF).bytes.lexicographicallyPrecedes(name(first + Int64(step), 0).bytes),
                "\(step) ms later")
        }
    }

    @Test func `of one moment no two are alike, and a moment outside of 48 bits is no trap`() {
        #expect(name(5, 1) != name(5, 2))
        for far in [Int64.min, -1, 1 << 48, .max] {
            #expect(name(far, 7).bytes.suffix(10) == [7, 7, 7, 7, 7, 7, 7, 7, 7, 7])
        }
    }

    @Test func `128 random bits print as 32 digits and read back`() throws {
        let identifier = Identifier<Owner>(from: Counter())
        #expect(identifier.description == "000102030405060708090a0b0c0d0e0f")
        #expect(Identifier<Owner>(identifier.description) == identifier)
        #expect(Identifier<Owner>(bytes: identifier.bytes) == identifier)
    }

    @Test(arguments: ["", "00", "000102030405060708090a0b0c0d0e", "000102030405060708090a0b0c0d0e0f00", "g0"])
    func `another length or alphabet is refused`(text: String) {
        #expect(Identifier<Owner>(text) == nil)
    }

    @Test func `a digest has 32 bytes`() {
        #expect(Digest([UInt8](repeating: 7, count: 32))?.description == String(repeating: "07", count: 32))
        #expect(Digest([UInt8](repeating: 7, count: 31)) == nil && Digest([]) == nil)
    }
}
