import COpenSSL
import Primitives

/// HMAC-SHA-256 (RFC 2104) and what is derived with it.
enum KeyedHash {
    static func hmac(key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        var value = [UInt8](repeating: 0, count: 32)
        var count: UInt32 = 0
        let result = unsafe HMAC(EVP_sha256(), key, Int32(key.count), message, message.count, &value, &count)
        guard unsafe result != nil, count == 32 else {
            // Only lack of memory comes here, and an invented key or look-up value must never be used.
            Unrecoverable.stop("HMAC failed")
        }
        return value
    }

    /// HKDF-SHA-256 (RFC 5869) for outputs of 32 bytes: one round of expansion.
    static func hkdf(_ material: [UInt8], salt: [UInt8], info: [UInt8]) -> [UInt8] {
        hmac(key: hmac(key: salt, material), info + [1])
    }
}
