import Primitives
import SwiftASN1

extension AlgorithmIdentifier {
    /// SHA-2 without parameters, as RFC 5754 §2 would have it written.
    init(hash: HashAlgorithm) {
        switch hash {
        case .sha256: self.init(.sha256)
        case .sha384: self.init(.sha384)
        case .sha512: self.init(.sha512)
        }
    }

    /// The hash function that this names; parameters may be absent or NULL (RFC 5754 §2).
    func hash() throws(CMSFault) -> HashAlgorithm {
        let hash: HashAlgorithm
        switch algorithm {
        case .sha256: hash = .sha256
        case .sha384: hash = .sha384
        case .sha512: hash = .sha512
        case .sha1: throw .weak("SHA-1")
        case .md5: throw .weak("MD5")
        case .md4: throw .weak("MD4")
        case .md2: throw .weak("MD2")
        default: throw .unsupported("the hash function \(algorithm.dotted)")
        }
        guard hasNullOrNoParameters else { throw .malformed("a hash function with parameters") }
        return hash
    }
}
