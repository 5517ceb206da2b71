import COpenSSL
import Primitives

/// scrypt (RFC 7914) from a passphrase to a key, at about 40 ms and 16 MiB.
enum PassphraseStretching {
    static let saltLength = 16
    static let cost: UInt64 = 1 << 14
    static let blockSize: UInt64 = 8
    static let parallelism: UInt64 = 1
    private static let maximumMemory: UInt64 = 32 << 20

    /// 32 bytes.
    static func key(from passphrase: Secret, salt: [UInt8]) throws(OpenSSLError) -> Secret {
        let characters = passphrase.exposedBytes.map { CChar(bitPattern: $0) }
        var key = [UInt8](repeating: 0, count: 32)
        let result = unsafe EVP_PBE_scrypt(
            characters, characters.count, salt, salt.count, cost, blockSize, parallelism, maximumMemory, &key, key.count
        )
        try OpenSSLError.check(result, "stretch the passphrase")
        return Secret(key)
    }
}
