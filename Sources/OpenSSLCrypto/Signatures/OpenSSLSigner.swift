import COpenSSL
package import Primitives

/// Signs with one private key; may be used from many threads at once.
package struct OpenSSLSigner: Signer {
    package let algorithm: SignatureAlgorithm
    package let certificateChain: [[UInt8]]
    private let prepared: PreparedSignature

    /// - Parameter certificateChain: DER, the signer's first, then its issuers without the anchor.
    /// - Throws: when the key is of another kind than `algorithm` needs.
    package init(
        key: PrivateKey, algorithm: SignatureAlgorithm, certificateChain: [[UInt8]] = []
    ) throws(OpenSSLError) {
        guard key.fits(algorithm) else {
            throw OpenSSLError(operation: "sign with \(algorithm.rawValue)", reasons: ["the key is of another kind"])
        }
        (self.algorithm, self.certificateChain) = (algorithm, certificateChain)
        prepared = try PreparedSignature(key: key, scheme: algorithm.scheme)
    }

    package func signature(over message: [UInt8]) throws -> [UInt8] {
        try prepared.signature(over: message)
    }
}

/// A signing context set up once, because looking algorithms up by name costs as much as signing on P-256.
///
/// `@unchecked Sendable`: the context is only ever copied from, and copying reads it without change.
@safe private final class PreparedSignature: @unchecked Sendable {
    private let template: OpaquePointer
    private let maximumLength: Int
    /// Keeps the key alive as long as the context that signs with it.
    private let key: PrivateKey

    init(key: PrivateKey, scheme: SignatureScheme) throws(OpenSSLError) {
        let context = unsafe try OpenSSLError.check(EVP_MD_CTX_new(), "prepare a signature")
        unsafe template = context
        self.key = key
        maximumLength = unsafe Int(EVP_PKEY_get_size(key.pointer))
        try unsafe scheme.prepare(context, key: key.pointer, for: .signing)
        // Of each copy one signature is made, for which OpenSSL need not copy it once more.
        unsafe EVP_MD_CTX_set_flags(context, EVP_MD_CTX_FLAG_FINALISE)
    }

    deinit {
        unsafe EVP_MD_CTX_free(template)
    }

    func signature(over message: [UInt8]) throws(OpenSSLError) -> [UInt8] {
        guard let context = DigestContext(), unsafe EVP_MD_CTX_copy_ex(context.pointer, template) == 1 else {
            throw OpenSSLError.drained("sign")
        }
        return unsafe try [UInt8](filling: maximumLength) { signature throws(OpenSSLError) in
            var count = signature.count
            let result = unsafe EVP_DigestSign(
                context.pointer, signature.baseAddress, &count, message, message.count)
            try OpenSSLError.check(result, "sign")
            return count
        }
    }
}
