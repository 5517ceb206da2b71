import Audit
import Primitives
import Testing

/// What a proof shows and, more to the point, what it does not (CVE-2022-36111 was a proof that showed too much).
struct InclusionProofTests {
    private let proof = MerkleProof(hashing: CountedTree.hashing)

    @Test(arguments: ReferenceTree.inclusions)
    func `proofs of the reference show their leaf`(_ vector: ReferenceTree.Inclusion) {
        let leaf = CountedTree.hashing.merkleLeaf(ReferenceTree.leaves[vector.index])
        let root = ReferenceTree.roots[vector.size]
        #expect(proof.shows(leaf, at: vector.index, size: vector.size, root: root, proof: vector.proof))
    }

    @Test(arguments: 1...20)
    func `a proof shows its own leaf at its own place and nothing else`(_ size: Int) throws {
        let tree = CountedTree.tree(size)
        let root = try #require(tree.root(size: size))
        for index in 0..<size {
            let path = try #require(tree.inclusionProof(index: index, size: size))
            let leaf = CountedTree.leafHash(index)
            #expect(proof.shows(leaf, at: index, size: size, root: root, proof: path))
            for other in 0..<size where other != index {
                #expect(!proof.shows(leaf, at: other, size: size, root: root, proof: path))
                #expect(
                    !proof.shows(CountedTree.leafHash(other), at: index, size: size, root: root, proof: path))
            }
        }
    }

    @Test(arguments: 1...20)
    func `a proof with anything changed shows nothing`(_ size: Int) throws {
        let tree = CountedTree.tree(size)
        let root = try #require(tree.root(size: size))
        for index in 0..<size {
            let path = try #require(tree.inclusionProof(index: index, size: size))
            let leaf = CountedTree.leafHash(index)
            for bad in broken(path) {
                #expect(!proof.shows(leaf, at: index, size: size, root: root, proof: bad))
            }
            #expect(!proof.shows(leaf, at: index, size: size, root: CountedTree.changed(root), proof: path))
            #expect(!proof.shows(CountedTree.changed(leaf), at: index, size: size, root: root, proof: path))
        }
    }

    @Test func `a proof of one tree shows nothing of another`() throws {
        let tree = CountedTree.tree(20)
        for (size, other) in [(4, 5), (7, 8), (8, 7), (16, 17), (20, 19)] {
            let path = try #require(tree.inclusionProof(index: 3, size: size))
            let root = try #require(tree.root(size: other))
            #expect(!proof.shows(CountedTree.leafHash(3), at: 3, size: other, root: root, proof: path))
        }
    }

    @Test func `places outside the tree are never shown`() throws {
        let leaf = CountedTree.leafHash(0)
        #expect(!proof.shows(leaf, at: 1, size: 1, root: leaf, proof: []))
        #expect(!proof.shows(leaf, at: -1, size: 1, root: leaf, proof: []))
        #expect(!proof.shows(leaf, at: 0, size: 0, root: leaf, proof: []))
        #expect(!proof.shows(leaf, at: 0, size: -1, root: leaf, proof: []))
        #expect(!proof.shows(leaf, at: 0, size: .max, root: leaf, proof: []))
        let long = [Digest](repeating: leaf, count: 200)
        #expect(!proof.shows(leaf, at: .max - 1, size: .max, root: leaf, proof: long))
    }

    @Test func `an inner node does not pass for a leaf`() throws {
        let tree = CountedTree.tree(4)
        let root = try #require(tree.root(size: 4))
        let nodes = [
            CountedTree.hashing.merkleNode(CountedTree.leafHash(0), CountedTree.leafHash(1)),
            CountedTree.hashing.merkleNode(CountedTree.leafHash(2), CountedTree.leafHash(3)),
        ]
        // As a tree of two this would be sound; of four it is not, and hashed as a leaf it is another value.
        #expect(!proof.shows(nodes[0], at: 0, size: 4, root: root, proof: [nodes[1]]))
        let forged = CountedTree.hashing.merkleLeaf(CountedTree.leafHash(0).bytes + CountedTree.leafHash(1).bytes)
        #expect(!proof.shows(forged, at: 0, size: 2, root: root, proof: [nodes[1]]))
    }
}

/// Every way to change one thing in a proof.
func broken(_ path: [Digest]) -> [[Digest]] {
    var bad = path.indices.map { index in
        var copy = path
        copy[index] = CountedTree.changed(copy[index])
        return copy
    }
    bad += path.indices.map { index in
        var copy = path
        copy.remove(at: index)
        return copy
    }
    let extra = CountedTree.leafHash(99)
    bad += (0...path.count).map { index in
        var copy = path
        copy.insert(extra, at: index)
        return copy
    }
    if path.count > 1 { bad.append(path.reversed()) }
    return bad
}
