import COpenSSL
package import Primitives

/// A private key in memory.
///
/// `@unchecked Sendable`: an `EVP_PKEY` is never changed after it is made, and OpenSSL 3 guards its inner caches.
@safe package final class PrivateKey: @unchecked Sendable {
    /// Bits of new RSA keys.
    private static let rsaBits: Int32 = 3072

    let pointer: OpaquePointer

    /// Takes over the handle.
    init(owning pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    deinit {
        unsafe EVP_PKEY_free(pointer)
    }

    /// A new key for `algorithm`: P-256, P-384, RSA 3072 or Ed25519.
    package static func generate(for algorithm: SignatureAlgorithm) throws(OpenSSLError) -> PrivateKey {
        let operation = "make a key for \(algorithm.rawValue)"
        let name =
            switch algorithm {
            case .es256, .es384: "EC"
            case .ps256, .rs256: "RSA"
            case .eddsa: "ED25519"
            }
        let context = unsafe try OpenSSLError.check(EVP_PKEY_CTX_new_from_name(nil, name, nil), operation)
        defer { unsafe EVP_PKEY_CTX_free(context) }
        try OpenSSLError.check(unsafe EVP_PKEY_keygen_init(context), operation)
        switch algorithm {
        case .es256: try OpenSSLError.check(unsafe EVP_PKEY_CTX_set_group_name(context, "P-256"), operation)
        case .es384: try OpenSSLError.check(unsafe EVP_PKEY_CTX_set_group_name(context, "P-384"), operation)
        case .ps256, .rs256:
            try OpenSSLError.check(unsafe EVP_PKEY_CTX_set_rsa_keygen_bits(context, rsaBits), operation)
        case .eddsa: break
        }
        var key: OpaquePointer?
        try OpenSSLError.check(unsafe EVP_PKEY_generate(context, &key), operation)
        return unsafe PrivateKey(owning: try OpenSSLError.check(key, operation))
    }

    /// The public half as DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).
    package func subjectPublicKeyInfo() throws(OpenSSLError) -> [UInt8] {
        unsafe try DEREncoding.bytes("write a public key") { unsafe i2d_PUBKEY(pointer, $0) }
    }

    /// Whether this kind of key makes signatures of `algorithm`.
    package func fits(_ algorithm: SignatureAlgorithm) -> Bool {
        unsafe KeyKind(of: pointer)?.isUsed(for: algorithm) ?? false
    }
}
