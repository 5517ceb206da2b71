import COpenSSL
import Primitives

/// A private key at rest: PKCS#8 EncryptedPrivateKeyInfo (RFC 5958 §3) under PBES2 with scrypt (RFC 7914) and
/// AES-256-CBC, as PEM. CBC does not notice changed bits: whoever reads a key compares it with its public half.
enum KeyFile {
    enum Fault: Error, Hashable {
        /// Not one whole PEM block of the right shape: cut short, or something else.
        case malformed
        /// Encrypted with something older than PBES2.
        case weak
        /// The passphrase does not open it.
        case wrongPassphrase
    }

    static let label = "ENCRYPTED PRIVATE KEY"

    static func encrypt(_ key: PrivateKey, passphrase: Secret) throws(OpenSSLError) -> String {
        let operation = "encrypt a private key"
        guard let plain = unsafe EVP_PKEY2PKCS8(key.pointer) else { throw OpenSSLError.drained(operation) }
        defer { unsafe PKCS8_PRIV_KEY_INFO_free(plain) }
        let salt = OpenSSLRandomness().bytes(PassphraseStretching.saltLength)
        guard
            let scheme = unsafe PKCS5_pbe2_set_scrypt(
                EVP_aes_256_cbc(), salt, Int32(salt.count), nil, PassphraseStretching.cost,
                PassphraseStretching.blockSize, PassphraseStretching.parallelism)
        else { throw OpenSSLError.drained(operation) }
        let characters = passphrase.exposedBytes.map { CChar(bitPattern: $0) }
        // On success the result owns the scheme.
        guard let sealed = unsafe PKCS8_set0_pbe(characters, Int32(characters.count), plain, scheme) else {
            unsafe X509_ALGOR_free(scheme)
            throw OpenSSLError.drained(operation)
        }
        defer { unsafe X509_SIG_free(sealed) }
        return PEM(label: label, bytes: unsafe try DEREncoding.bytes(operation) { unsafe i2d_X509_SIG(sealed, $0) })
            .text
    }

    /// Whether the file is whole, as far as can be told without the passphrase.
    static func check(_ file: [UInt8]) throws(Fault) {
        unsafe X509_SIG_free(try sealedKey(file))
    }

    static func decrypt(_ file: [UInt8], passphrase: Secret) throws(Fault) -> PrivateKey {
        defer { OpenSSLError.clear() }
        let sealed = unsafe try sealedKey(file)
        defer { unsafe X509_SIG_free(sealed) }
        let characters = passphrase.exposedBytes.map { CChar(bitPattern: $0) }
        guard let plain = unsafe PKCS8_decrypt(sealed, characters, Int32(clamping: characters.count)) else {
            throw .wrongPassphrase
        }
        defer { unsafe PKCS8_PRIV_KEY_INFO_free(plain) }
        guard let key = unsafe EVP_PKCS82PKEY(plain) else { throw .wrongPassphrase }
        return unsafe PrivateKey(owning: key)
    }

    private static func sealedKey(_ file: [UInt8]) throws(Fault) -> OpaquePointer {
        defer { OpenSSLError.clear() }
        guard let der = PEM.single(label, in: file), DERShape.isSingleValue(der),
            let sealed = unsafe chancery_read_encrypted_key(der, der.count)
        else { throw .malformed }
        var algorithm: UnsafePointer<X509_ALGOR>?
        unsafe X509_SIG_get0(sealed, &algorithm, nil)
        guard let name = unsafe algorithm, unsafe OBJ_obj2nid(name.pointee.algorithm) == NID_pbes2 else {
            unsafe X509_SIG_free(sealed)
            throw .weak
        }
        return unsafe sealed
    }
}
