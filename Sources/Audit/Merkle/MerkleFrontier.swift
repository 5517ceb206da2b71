package import Primitives

/// What a writer must remember of a Merkle tree to append to it: the roots of its full subtrees, largest first.
package struct MerkleFrontier: Hashable, Sendable {
    /// Leaves so far.
    package private(set) var size: Int
    /// One root for each bit set in `size`.
    private var subtrees: [Digest]

    /// The empty tree.
    package init() {
        (size, subtrees) = (0, [])
    }

    /// Adds the hash of the next leaf.
    package mutating func append(_ leafHash: Digest, hashing: any Hashing) {
        subtrees.append(leafHash)
        // Every trailing 1 bit of the old size is a full subtree that the new leaf completes.
        for _ in 0..<(~size).trailingZeroBitCount {
            guard let right = subtrees.popLast(), let left = subtrees.popLast() else { break }
            subtrees.append(hashing.merkleNode(left, right))
        }
        size += 1
    }

    /// The root of the tree (RFC 6962 §2.1).
    package func root(hashing: any Hashing) -> Digest {
        guard var root = subtrees.last else { return hashing.emptyMerkleRoot() }
        for left in subtrees.dropLast().reversed() {
            root = hashing.merkleNode(left, root)
        }
        return root
    }

    /// 8 bytes of size, big-endian, then 32 bytes for each subtree.
    package var encoded: [UInt8] {
        BigEndian.bytes(UInt64(size)) + subtrees.flatMap(\.bytes)
    }

    /// Reads `encoded`; `nil` when the length does not fit the size.
    package init?(encoded bytes: [UInt8]) {
        guard bytes.count >= 8, let size = Int(exactly: BigEndian.number(bytes[0..<8])),
            bytes.count == 8 + 32 * size.nonzeroBitCount
        else { return nil }
        self.size = size
        subtrees = stride(from: 8, to: bytes.count, by: 32).compactMap { Digest(Array(bytes[$0..<$0 + 32])) }
    }
}
