import Audit
import Primitives
import Testing

struct MerkleFrontierTests {
    private func frontier(_ size: Int) -> MerkleFrontier {
        (0..<size).reduce(into: MerkleFrontier()) { frontier, index in
            frontier.append(CountedTree.leafHash(index), hashing: CountedTree.hashing)
        }
    }

    @Test func `a frontier has the root of the whole tree at every size`() {
        let tree = CountedTree.tree(70)
        for size in 0...70 {
            #expect(frontier(size).root(hashing: CountedTree.hashing) == tree.root(size: size))
        }
    }

    @Test(arguments: [0, 1, 2, 3, 7, 8, 21])
    func `a frontier is read back as it was written and goes on from there`(_ size: Int) throws {
        let original = frontier(size)
        #expect(original.encoded.count == 8 + 32 * size.nonzeroBitCount)
        var read = try #require(MerkleFrontier(encoded: original.encoded))
        #expect(read == original)
        read.append(CountedTree.leafHash(size), hashing: CountedTree.hashing)
        #expect(read == frontier(size + 1))
    }

    @Test func `a frontier of another length than its size needs is refused`() {
        let encoded = frontier(5).encoded
        #expect(MerkleFrontier(encoded: []) == nil)
        #expect(MerkleFrontier(encoded: Array(encoded.dropLast())) == nil)
        #expect(MerkleFrontier(encoded: encoded + [0]) == nil)
        #expect(MerkleFrontier(encoded: Array(encoded.prefix(7))) == nil)
        #expect(MerkleFrontier(encoded: Array(encoded.prefix(8))) == nil)
        #expect(MerkleFrontier(encoded: [UInt8](repeating: 0xFF, count: 8 + 32 * 64)) == nil)
    }
}
