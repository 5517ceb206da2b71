package import Primitives

/// The hashes of RFC 6962 §2.1; the leading byte keeps a leaf from passing for a node.
extension Hashing {
    /// The root of the tree without leaves: SHA-256 of nothing.
    package func emptyMerkleRoot() -> Digest {
        sha256([UInt8]())
    }

    /// The hash of one leaf.
    package func merkleLeaf(_ leaf: [UInt8]) -> Digest {
        sha256([[0x00], leaf[...]])
    }

    /// The hash over two subtrees.
    package func merkleNode(_ left: Digest, _ right: Digest) -> Digest {
        sha256([[0x01], left.bytes[...], right.bytes[...]])
    }
}
