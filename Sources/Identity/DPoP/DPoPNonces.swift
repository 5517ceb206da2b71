import Primitives

/// Nonces for proofs (RFC 9449 §8) that need no row: the minute they were made in, and a MAC over it.
struct DPoPNonces: Sendable {
    /// Seconds.
    private static let (step, lifetime): (Int64, Int64) = (60, 300)
    private static let (timeLength, macLength) = (8, 16)

    let mac: any TokenMAC

    /// The one to use now; the same for a minute.
    func current(at instant: Instant) -> String {
        let seconds = instant.secondsSinceEpoch
        return text(UInt64(clamping: seconds - seconds % DPoPNonces.step))
    }

    func isFresh(_ nonce: String, at instant: Instant) -> Bool {
        guard nonce.utf8.count == 32, let bytes = Base64.decodeURL(nonce),
            bytes.count == DPoPNonces.timeLength + DPoPNonces.macLength
        else { return false }
        let made = bytes.prefix(DPoPNonces.timeLength).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let now = UInt64(clamping: instant.secondsSinceEpoch)
        return ConstantTime.areEqual(Array(text(made).utf8), Array(nonce.utf8))
            && made <= now && now - made < UInt64(DPoPNonces.lifetime)
    }

    private func text(_ seconds: UInt64) -> String {
        let time = (0..<DPoPNonces.timeLength).map { UInt8(truncatingIfNeeded: seconds >> UInt64(56 - 8 * $0)) }
        return Base64.encodeURL(time + mac.mac(time, purpose: "dpop-nonce").prefix(DPoPNonces.macLength))
    }
}
