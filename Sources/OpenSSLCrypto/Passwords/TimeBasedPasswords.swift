import COpenSSL
import Identity
package import Primitives

/// TOTP (RFC 6238) with HMAC-SHA-1, six digits and steps of 30 seconds, one step either way.
///
/// SHA-1 is what authenticator apps implement; HMAC does not rest on what is broken of it (RFC 6151 §2, RFC 6238 §1.2).
package struct TimeBasedPasswords: OneTimePasswords {
    static let stepLength: Int64 = 30
    static let digits = 6

    package init() {}

    package func step(of code: String, secret: Secret, at: Instant) -> Int64? {
        let digits = Array(code.utf8)
        guard digits.count == TimeBasedPasswords.digits, digits.allSatisfy({ (0x30...0x39).contains($0) }),
            !secret.exposedBytes.isEmpty, at.secondsSinceEpoch >= TimeBasedPasswords.stepLength
        else { return nil }
        let now = at.secondsSinceEpoch / TimeBasedPasswords.stepLength
        var found: Int64?
        // All three are always compared; of equal codes the current step counts.
        for step in [now - 1, now + 1, now] {
            guard let expected = TimeBasedPasswords.code(step: step, secret: secret) else { return nil }
            if ConstantTime.areEqual(expected, digits) { found = step }
        }
        return found
    }

    /// ASCII digits (RFC 4226 §5.3); `nil` when OpenSSL fails.
    static func code(step: Int64, secret: Secret) -> [UInt8]? {
        let counter = (0..<8).reversed().map { UInt8(truncatingIfNeeded: step >> ($0 * 8)) }
        guard let mac = hmac(counter, secret), let last = mac.last else { return nil }
        let offset = Int(last & 0x0F)
        let word = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        return Array((word % 1_000_000).padded(digits).utf8)
    }

    /// 20 bytes.
    private static func hmac(_ message: [UInt8], _ secret: Secret) -> [UInt8]? {
        defer { OpenSSLError.clear() }
        let key = secret.exposedBytes
        var value = [UInt8](repeating: 0, count: 20)
        var count: UInt32 = 0
        guard key.count <= 1024,
            unsafe HMAC(EVP_sha1(), key, Int32(key.count), message, message.count, &value, &count) != nil, count == 20
        else { return nil }
        return value
    }
}
