import Audit
import Primitives
import Testing

struct ConsistencyProofTests {
    private let proof = MerkleProof(hashing: CountedTree.hashing)

    @Test(arguments: ReferenceTree.consistencies)
    func `proofs of the reference show that one tree begins the other`(_ vector: ReferenceTree.Consistency) {
        #expect(
            proof.isConsistent(
                first: vector.first, firstRoot: ReferenceTree.roots[vector.first], second: vector.second,
                secondRoot: ReferenceTree.roots[vector.second], proof: vector.proof))
    }

    @Test(arguments: 1...17)
    func `a proof holds for its two trees, and with anything changed it does not`(_ second: Int) throws {
        let tree = CountedTree.tree(second)
        let secondRoot = try #require(tree.root(size: second))
        for first in 0...second {
            let path = try #require(tree.consistencyProof(first: first, second: second))
            let firstRoot = try #require(tree.root(size: first))
            let holds = { (old: Digest, new: Digest, path: [Digest]) in
                proof.isConsistent(first: first, firstRoot: old, second: second, secondRoot: new, proof: path)
            }
            #expect(holds(firstRoot, secondRoot, path))
            #expect(!holds(CountedTree.changed(firstRoot), secondRoot, path))
            for bad in broken(path) { #expect(!holds(firstRoot, secondRoot, bad)) }
            // The empty tree begins every tree, so there is nothing to hold against the second root.
            if first > 0 { #expect(!holds(firstRoot, CountedTree.changed(secondRoot), path)) }
            if first != second { #expect(!holds(secondRoot, firstRoot, path)) }
        }
    }

    @Test func `a tree with an early leaf changed does not continue the old one`() throws {
        let old = CountedTree.tree(6)
        var leaves = (0..<11).map(CountedTree.leafHash)
        leaves[2] = CountedTree.leafHash(77)
        let rewritten = MerkleTree(leafHashes: leaves, hashing: CountedTree.hashing)
        let path = try #require(rewritten.consistencyProof(first: 6, second: 11))
        let (firstRoot, secondRoot) = (try #require(old.root(size: 6)), try #require(rewritten.root(size: 11)))
        #expect(
            !proof.isConsistent(first: 6, firstRoot: firstRoot, second: 11, secondRoot: secondRoot, proof: path))
    }

    @Test func `a shorter tree does not continue a longer one`() throws {
        let tree = CountedTree.tree(8)
        let (long, short) = (try #require(tree.root(size: 8)), try #require(tree.root(size: 4)))
        #expect(!proof.isConsistent(first: 8, firstRoot: long, second: 4, secondRoot: short, proof: []))
        #expect(!proof.isConsistent(first: -1, firstRoot: short, second: 4, secondRoot: short, proof: []))
        #expect(!proof.isConsistent(first: 4, firstRoot: short, second: 8, secondRoot: long, proof: []))
    }
}
