import COpenSSL
package import Primitives

/// Checks signatures with public keys from outside. Keeps nothing between calls.
package struct OpenSSLSignatureVerifier: SignatureVerifier {
    /// An RSA key of 8192 bits has about 1.1 KB.
    private static let maximumKeyLength = 4096

    package init() {}

    package func isValid(
        _ signature: [UInt8], over message: [UInt8], scheme: SignatureScheme, publicKey: [UInt8]
    ) -> Bool {
        defer { OpenSSLError.clear() }
        guard publicKey.count <= OpenSSLSignatureVerifier.maximumKeyLength, !signature.isEmpty,
            DERShape.isSingleValue(publicKey),
            let key = unsafe chancery_read_public_key(publicKey, publicKey.count)
        else { return false }
        defer { unsafe EVP_PKEY_free(key) }
        guard let kind = unsafe KeyKind(of: key), scheme.admits(kind), let context = DigestContext() else {
            return false
        }
        do {
            try unsafe scheme.prepare(context.pointer, key: key, for: .verifying)
        } catch {
            return false
        }
        return unsafe EVP_DigestVerify(context.pointer, signature, signature.count, message, message.count) == 1
    }
}
