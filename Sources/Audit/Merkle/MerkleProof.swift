package import Primitives

/// Checks proofs with nothing but roots (RFC 9162 §2.1.3.2 and §2.1.4.2, same tree as RFC 6962).
package struct MerkleProof: Sendable {
    private let hashing: any Hashing

    package init(hashing: any Hashing) {
        self.hashing = hashing
    }

    /// Whether `proof` shows `leafHash` at `index` in the tree of `size` leaves with this `root`.
    package func shows(_ leafHash: Digest, at index: Int, size: Int, root: Digest, proof: [Digest]) -> Bool {
        guard index >= 0, index < size else { return false }
        var (node, last, hash) = (index, size - 1, leafHash)
        for sibling in proof {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                hash = hashing.merkleNode(sibling, hash)
                while node & 1 == 0, node != 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                hash = hashing.merkleNode(hash, sibling)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && hash == root
    }

    /// Whether `proof` shows that the tree of `first` leaves is the beginning of the tree of `second`.
    package func isConsistent(
        first: Int, firstRoot: Digest, second: Int, secondRoot: Digest, proof: [Digest]
    ) -> Bool {
        guard first >= 0, first <= second else { return false }
        if first == second { return proof.isEmpty && firstRoot == secondRoot }
        if first == 0 { return proof.isEmpty && firstRoot == hashing.emptyMerkleRoot() }
        // The root of a full subtree is known to the verifier and left out of the proof.
        let path = first.nonzeroBitCount == 1 ? [firstRoot] + proof : proof
        guard let start = path.first else { return false }
        let full = (~(first - 1)).trailingZeroBitCount
        var (node, last) = ((first - 1) >> full, (second - 1) >> full)
        var (old, new) = (start, start)
        for sibling in path.dropFirst() {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                (old, new) = (hashing.merkleNode(sibling, old), hashing.merkleNode(sibling, new))
                while node & 1 == 0, node != 0 { (node, last) = (node >> 1, last >> 1) }
            } else {
                new = hashing.merkleNode(new, sibling)
            }
            (node, last) = (node >> 1, last >> 1)
        }
        return last == 0 && old == firstRoot && new == secondRoot
    }
}
