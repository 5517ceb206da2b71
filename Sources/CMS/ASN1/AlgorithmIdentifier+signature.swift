import Primitives
import SwiftASN1

extension AlgorithmIdentifier {
    /// How `algorithm` is named in a SignerInfo.
    init(signature algorithm: SignatureAlgorithm) throws {
        switch algorithm {
        case .es256: self.init(.ecdsaWithSHA256)
        case .es384: self.init(.ecdsaWithSHA384)
        case .rs256: self.init(.sha256WithRSA, parameters: .null)
        case .ps256:
            self.init(.rsaPSS, parameters: try EncodedValue(encoding: RSAPSSParameters(hash: .sha256)))
        case .eddsa: self.init(.ed25519)
        }
    }

    /// The scheme that this names where the content is hashed with `digest`; both hashes must be the same one.
    ///
    /// RFC 5652 leaves two hashes open, but signers use one, and the weaker of two decides. Ed25519 goes with SHA-512
    /// (RFC 8419 §3).
    func scheme(digest: HashAlgorithm) throws(CMSFault) -> SignatureScheme {
        let scheme: SignatureScheme
        switch algorithm {
        case .rsaEncryption: scheme = SignatureScheme(.rsaPKCS1, digest)
        case .sha256WithRSA: scheme = SignatureScheme(.rsaPKCS1, .sha256)
        case .sha384WithRSA: scheme = SignatureScheme(.rsaPKCS1, .sha384)
        case .sha512WithRSA: scheme = SignatureScheme(.rsaPKCS1, .sha512)
        case .ecdsaWithSHA256: scheme = SignatureScheme(.ecdsa, .sha256)
        case .ecdsaWithSHA384: scheme = SignatureScheme(.ecdsa, .sha384)
        case .ecdsaWithSHA512: scheme = SignatureScheme(.ecdsa, .sha512)
        case .ed25519: scheme = SignatureScheme(.ed25519, .sha512)
        case .rsaPSS: scheme = SignatureScheme(.rsaPSS, try pssHash())
        default: throw refusal
        }
        guard scheme.hash == digest else {
            throw .unsupported("a signature with another hash function than the content's")
        }
        guard scheme.kind == .rsaPSS || hasFittingParameters(scheme.kind) else {
            throw .malformed("a signature algorithm with parameters")
        }
        return scheme
    }

    private var refusal: CMSFault {
        switch algorithm {
        case .sha1WithRSA, .ecdsaWithSHA1, .dsaWithSHA1: .weak("a signature with SHA-1")
        case .md5WithRSA, .md2WithRSA: .weak("a signature with MD5 or MD2")
        default: .unsupported("the signature algorithm \(algorithm.dotted)")
        }
    }

    /// NULL belongs to RSA only (RFC 5754 §3.2, §3.3; RFC 8419 §2.2).
    private func hasFittingParameters(_ kind: SignatureScheme.Kind) -> Bool {
        kind == .rsaPKCS1 ? hasNullOrNoParameters : parameters == nil
    }

    private func pssHash() throws(CMSFault) -> HashAlgorithm {
        guard let parameters else { throw .malformed("RSASSA-PSS without parameters") }
        return try CMSFault.reading("set of RSASSA-PSS parameters") {
            try RSAPSSParameters(derEncoded: parameters.bytes).hash
        }
    }
}
