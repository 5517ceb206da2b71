import Primitives

/// A cookie that says: this account signed in here before. It opens nothing; it only keeps others' guessing from locking its
/// owner out, and has a counter of its own.
struct KnownDevice: Hashable, Sendable {
    private static let context = "known-device"
    /// Seconds.
    private static let lifetime: Int64 = 180 * 86_400

    let accountID: Identifier<Account>
    let deviceID: Identifier<KnownDevice>

    /// The cookie's value.
    static func make(_ accountID: Identifier<Account>, _ signOn: SignOn) throws -> String {
        let device = Identifier<KnownDevice>(from: signOn.randomness)
        let until = signOn.clock.now().adding(seconds: lifetime).secondsSinceEpoch
        let time = (0..<8).map { UInt8(truncatingIfNeeded: until >> (56 - 8 * $0)) }
        return Base64.encodeURL(
            try signOn.sealing.seal(Secret(accountID.bytes + device.bytes + time), context: context))
    }

    /// `nil` for what was not made here or is too old.
    init?(_ browser: Browser, _ signOn: SignOn) {
        guard let text = browser.device, text.utf8.count <= 256, let sealed = Base64.decodeURL(text),
            let bytes = try? signOn.sealing.open(sealed, context: KnownDevice.context).exposedBytes,
            bytes.count == 40, let account = Identifier<Account>(bytes: Array(bytes[..<16])),
            let device = Identifier<KnownDevice>(bytes: Array(bytes[16..<32]))
        else { return nil }
        let until = bytes[32...].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        guard signOn.clock.now().secondsSinceEpoch < until else { return nil }
        (accountID, deviceID) = (account, device)
    }
}
