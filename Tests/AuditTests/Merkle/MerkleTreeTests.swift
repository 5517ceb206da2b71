import Audit
import OpenSSLCrypto
import Primitives
import Testing

struct MerkleTreeTests {
    private static let hashing = OpenSSLHashing()
    private let tree = MerkleTree(
        leafHashes: ReferenceTree.leaves.map { hashing.merkleLeaf($0) }, hashing: hashing)

    @Test(arguments: 0...8)
    func `roots are those of the reference`(_ size: Int) {
        #expect(ReferenceTree.leaves.count == 8 && ReferenceTree.roots.count == 9)
        #expect(tree.root(size: size) == ReferenceTree.roots[size])
    }

    @Test(arguments: 0...8)
    func `a writer's frontier has the roots of the reference`(_ size: Int) {
        var frontier = MerkleFrontier()
        for leaf in ReferenceTree.leaves.prefix(size) {
            frontier.append(MerkleTreeTests.hashing.merkleLeaf(leaf), hashing: MerkleTreeTests.hashing)
        }
        #expect(frontier.size == size)
        #expect(frontier.root(hashing: MerkleTreeTests.hashing) == ReferenceTree.roots[size])
    }

    @Test(arguments: ReferenceTree.inclusions)
    func `inclusion proofs are those of the reference`(_ vector: ReferenceTree.Inclusion) {
        #expect(tree.inclusionProof(index: vector.index, size: vector.size) == vector.proof)
    }

    @Test(arguments: ReferenceTree.consistencies)
    func `consistency proofs are those of the reference`(_ vector: ReferenceTree.Consistency) {
        #expect(tree.consistencyProof(first: vector.first, second: vector.second) == vector.proof)
    }

    @Test func `nothing is proven beyond the leaves`() {
        #expect(tree.root(size: 9) == nil)
        #expect(tree.root(size: -1) == nil)
        #expect(tree.inclusionProof(index: 8, size: 8) == nil)
        #expect(tree.inclusionProof(index: -1, size: 8) == nil)
        #expect(tree.inclusionProof(index: 0, size: 9) == nil)
        #expect(tree.inclusionProof(index: 0, size: 0) == nil)
        #expect(tree.consistencyProof(first: 5, second: 4) == nil)
        #expect(tree.consistencyProof(first: 4, second: 9) == nil)
        #expect(tree.consistencyProof(first: -1, second: 4) == nil)
    }
}
