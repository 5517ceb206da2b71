import CMS
import Primitives
import Testing

/// The outer form is refused before anything is built from it.
struct DERShapeTests {
    @Test func `indefinite lengths are refused`() throws {
        let der = try SignedDataTests.sign("p256", "-cades -stream -nodetach")
        #expect(Array(der.prefix(2)) == [0x30, 0x80])
        #expect(Samples.refusal(der) == .malformed("an indefinite length"))
    }

    @Test func `lengths that are not shortest are refused`() throws {
        let inner = [0x02, 0x81, 0x01, 0x01] as [UInt8]
        #expect(Samples.refusal(inner) == .malformed("a length that is not shortest"))
        #expect(Samples.refusal([0x04, 0x82, 0x00, 0x80] + zeros(128)) == .malformed("a length that is not shortest"))
    }

    @Test func `bytes after the end are refused`() throws {
        #expect(Samples.refusal(try Samples.signature() + [0]) == .malformed("bytes after the end of the value"))
    }

    @Test func `deep nesting is refused`() {
        var bytes: [UInt8] = []
        for _ in 0..<40 { bytes = [0x30, UInt8(bytes.count)] + bytes }
        #expect(Samples.refusal(bytes) == .unsupported("nested more than 32 deep"))
        // A recursive reader's stack would end here.
        let deep = (0..<2000).reduce(into: DERTree(0x30)) { tree, _ in tree = DERTree(0x30, children: [tree]) }
        #expect(Samples.refusal(deep.encoded) == .unsupported("nested more than 32 deep"))
    }

    @Test func `many values are refused`() {
        let many = DERTree(0x30, children: [DERTree](repeating: DERTree(0x05), count: 100_001)).encoded
        #expect(Samples.refusal(many) == .unsupported("more than 100000 values"))
    }

    @Test func `too many bytes are refused`() throws {
        let signature = try Samples.signature()
        #expect(throws: CMSFault.unsupported("more than \(signature.count - 1) bytes")) {
            try SignedData(parsing: signature, maximumLength: signature.count - 1)
        }
    }

    @Test func `a string in pieces is refused`() {
        let pieces = DERTree(0x24, children: [DERTree(0x04, octets: [1]), DERTree(0x04, octets: [2])]).encoded
        #expect(Samples.refusal(pieces) == .malformed("a value in pieces"))
    }

    @Test(arguments: [[], [0x30], [0x30, 0x81], [0x30, 0x84, 0xFF, 0xFF], [0x1F, 0x81], [0x00, 0x00]] as [[UInt8]])
    func `scraps are refused`(_ bytes: [UInt8]) {
        #expect(Samples.refusal(bytes) != nil)
    }

    @Test func `lengths beyond any memory are refused`() {
        #expect(Samples.refusal([0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF]) != nil)
        #expect(Samples.refusal([0x30, 0x88] + [UInt8](repeating: 0xFF, count: 8)) != nil)
        #expect(Samples.refusal([0x30, 0xFF] + [UInt8](repeating: 0xFF, count: 127)) != nil)
    }

    private func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
}
