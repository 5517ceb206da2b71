import Audit
import OpenSSLCrypto
import Primitives

/// The sample tree of the Certificate Transparency reference implementation (google/certificate-transparency,
/// `merkletree/merkle_tree_test.cc`): eight leaves, the root after each, paths and consistency proofs.
enum ReferenceTree {
    struct Inclusion: Sendable {
        /// From 0; the reference counts from 1.
        let index: Int
        let size: Int
        let proof: [Digest]
    }

    struct Consistency: Sendable {
        let first: Int
        let second: Int
        let proof: [Digest]
    }

    static let leaves: [[UInt8]] = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ].compactMap { Hexadecimal.decode($0) }

    /// By size, from the empty tree on.
    static let roots = digests([
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ])

    static let inclusions = [
        Inclusion(index: 0, size: 1, proof: []),
        Inclusion(
            index: 0, size: 8,
            proof: digests([
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ])),
        Inclusion(
            index: 5, size: 8,
            proof: digests([
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ])),
        Inclusion(
            index: 2, size: 3,
            proof: digests(["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"])),
        Inclusion(
            index: 1, size: 5,
            proof: digests([
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ])),
    ]

    static let consistencies = [
        Consistency(first: 1, second: 1, proof: []),
        Consistency(first: 1, second: 8, proof: inclusions[1].proof),
        Consistency(
            first: 6, second: 8,
            proof: digests([
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ])),
        Consistency(
            first: 2, second: 5,
            proof: digests([
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ])),
    ]

    private static func digests(_ texts: [String]) -> [Digest] {
        texts.compactMap { Hexadecimal.decode($0).flatMap { Digest($0) } }
    }
}

/// Trees of any size with leaves that all differ.
enum CountedTree {
    static let hashing = OpenSSLHashing()

    static func leafHash(_ index: Int) -> Digest {
        hashing.merkleLeaf(Array("leaf \(index)".utf8))
    }

    static func tree(_ size: Int) -> MerkleTree {
        MerkleTree(leafHashes: (0..<size).map(leafHash), hashing: hashing)
    }

    static func changed(_ digest: Digest) -> Digest {
        var bytes = digest.bytes
        bytes[31] ^= 1
        return Digest(bytes) ?? digest
    }
}
