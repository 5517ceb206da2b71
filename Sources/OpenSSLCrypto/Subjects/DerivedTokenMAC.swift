import Identity
package import Primitives

/// HMAC-SHA-256 under keys derived from the data key, one for each purpose.
package struct DerivedTokenMAC: TokenMAC {
    private let keyed: PurposeHMACs

    /// - Parameter dataKey: 32 random bytes.
    package init(dataKey: Secret) {
        let key = KeyedHash.hkdf(dataKey.exposedBytes, salt: [], info: Array("chancery tokens 1".utf8))
        keyed = PurposeHMACs(PreparedHMAC(key: key))
    }

    package func mac(_ message: [UInt8], purpose: String) -> [UInt8] {
        keyed.value(of: message, purpose: purpose)
    }
}
