import Primitives

/// What a device shows to get its tokens (RFC 8628 §3.2): 256 random bits, when it is too late, and whether it belongs to a
/// DPoP key. All of it is hashed into what is stored, with the key: who changes a part, or proves another key, names a device
/// that does not exist.
struct DeviceCode: Sendable {
    private static let (secretLength, timeLength) = (32, 8)

    private let secret: [UInt8]
    /// First moment at which it is too late; what a code says of itself is true only if it is found.
    let expiresAt: Instant
    /// Only the key that was proven at `/device_authorization` may redeem it (RFC 9449 §5).
    let isBound: Bool

    init(from randomness: any Randomness, expiresAt: Instant, isBound: Bool) {
        secret = randomness.bytes(DeviceCode.secretLength)
        self.expiresAt = Instant(secondsSinceEpoch: expiresAt.secondsSinceEpoch)
        self.isBound = isBound
    }

    /// Reads `exposedText`; `nil` for anything else.
    init?(_ text: String) {
        let length = DeviceCode.secretLength + DeviceCode.timeLength + 1
        guard text.utf8.count == 55, let bytes = Base64.decodeURL(text), bytes.count == length,
            let mark = bytes.last, mark <= 1
        else { return nil }
        secret = Array(bytes.prefix(DeviceCode.secretLength))
        let time = bytes.dropFirst(DeviceCode.secretLength).prefix(DeviceCode.timeLength)
        let seconds = time.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard seconds < 1 << 40 else { return nil }
        expiresAt = Instant(secondsSinceEpoch: Int64(seconds))
        isBound = mark == 1
    }

    private var bytes: [UInt8] {
        let seconds = UInt64(clamping: expiresAt.secondsSinceEpoch)
        let time = (0..<DeviceCode.timeLength).map { UInt8(truncatingIfNeeded: seconds >> UInt64(56 - 8 * $0)) }
        return secret + time + [isBound ? 1 : 0]
    }

    /// 55 characters of base64url.
    var exposedText: String { Base64.encodeURL(bytes) }

    /// What is stored; `nil` where the code belongs to a key and none is proven.
    func hash(keyThumbprint: String?, hashing: any Hashing) -> Digest? {
        guard isBound else { return hashing.sha256(bytes) }
        return keyThumbprint.map { hashing.sha256([bytes[...], Array($0.utf8)[...]]) }
    }
}
