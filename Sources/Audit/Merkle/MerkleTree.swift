package import Primitives

/// A Merkle tree with all its leaf hashes at hand: makes the proofs of RFC 6962 §2.1.1 and §2.1.2.
package struct MerkleTree: Sendable {
    private let leaves: [Digest]
    private let hashing: any Hashing

    package init(leafHashes: [Digest], hashing: any Hashing) {
        (leaves, self.hashing) = (leafHashes, hashing)
    }

    /// The root over the first `size` leaves; `nil` when there are fewer.
    package func root(size: Int) -> Digest? {
        guard (0...leaves.count).contains(size) else { return nil }
        return size == 0 ? hashing.emptyMerkleRoot() : root(of: leaves[0..<size])
    }

    /// The path from leaf `index` to the root over the first `size` leaves, nearest the leaf first.
    package func inclusionProof(index: Int, size: Int) -> [Digest]? {
        guard size <= leaves.count, index >= 0, index < size else { return nil }
        return path(to: index, in: leaves[0..<size])
    }

    /// What shows that the tree of `first` leaves is the beginning of the tree of `second`.
    package func consistencyProof(first: Int, second: Int) -> [Digest]? {
        guard first >= 0, first <= second, second <= leaves.count else { return nil }
        guard first > 0, first < second else { return [] }
        return subproof(first, in: leaves[0..<second], isWhole: true)
    }

    /// The largest power of two below `count`, which is at least 2.
    private func split(_ count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }

    private func root(of part: ArraySlice<Digest>) -> Digest {
        guard part.count > 1 else { return part.first ?? hashing.emptyMerkleRoot() }
        let middle = part.startIndex + split(part.count)
        return hashing.merkleNode(root(of: part[..<middle]), root(of: part[middle...]))
    }

    private func path(to index: Int, in part: ArraySlice<Digest>) -> [Digest] {
        guard part.count > 1 else { return [] }
        let middle = part.startIndex + split(part.count)
        return index < middle
            ? path(to: index, in: part[..<middle]) + [root(of: part[middle...])]
            : path(to: index, in: part[middle...]) + [root(of: part[..<middle])]
    }

    /// SUBPROOF of RFC 6962 §2.1.2; `isWhole` while the verifier knows the old root of this part already.
    private func subproof(_ first: Int, in part: ArraySlice<Digest>, isWhole: Bool) -> [Digest] {
        if first == part.count { return isWhole ? [] : [root(of: part)] }
        let left = split(part.count)
        let middle = part.startIndex + left
        return first <= left
            ? subproof(first, in: part[..<middle], isWhole: isWhole) + [root(of: part[middle...])]
            : subproof(first - left, in: part[middle...], isWhole: false) + [root(of: part[..<middle])]
    }
}
