import OpenSSLCrypto
import Primitives

/// Certificates just good enough to stand in signatures (RFC 5280 §4.1), version 1, without extensions.
enum SmallCertificate {
    /// - Parameter issuer: an ES256 key; its certificate is nowhere.
    static func make(name: String, serial: UInt8, key: PrivateKey, issuer: PrivateKey) throws -> [UInt8] {
        let ecdsaWithSHA256 = der(0x30, der(0x06, [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02]))
        let commonName = der(0x30, der(0x06, [0x55, 0x04, 0x03]) + der(0x0C, Array(name.utf8)))
        let names = der(0x30, der(0x31, commonName))
        let validity = der(0x30, time("250101000000Z") + time("350101000000Z"))
        let body = der(
            0x30,
            der(0x02, [serial]) + ecdsaWithSHA256 + names + validity + names
                + (try key.subjectPublicKeyInfo()))
        let signature = try OpenSSLSigner(key: issuer, algorithm: .es256).signature(over: body)
        return der(0x30, body + ecdsaWithSHA256 + der(0x03, [0] + signature))
    }

    private static func time(_ text: String) -> [UInt8] { der(0x17, Array(text.utf8)) }

    private static func der(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        let length: [UInt8] =
            count < 128
            ? [UInt8(count)]
            : count < 256 ? [0x81, UInt8(count)] : [0x82, UInt8(count >> 8), UInt8(truncatingIfNeeded: count)]
        return [tag] + length + content
    }
}
