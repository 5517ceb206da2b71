import Identity
package import Primitives

/// HMAC-SHA-256 under keys derived from the data key, one for each purpose.
package struct DerivedTokenMAC: TokenMAC {
    private let key: Secret

    /// - Parameter dataKey: 32 random bytes.
    package init(dataKey: Secret) {
        key = Secret(KeyedHash.hkdf(dataKey.exposedBytes, salt: [], info: Array("chancery tokens 1".utf8)))
    }

    package func mac(_ message: [UInt8], purpose: String) -> [UInt8] {
        KeyedHash.hmac(key: KeyedHash.hmac(key: key.exposedBytes, Array(purpose.utf8)), message)
    }
}
