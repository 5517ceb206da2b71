package import Primitives

/// Moments of JWT claims: seconds since 1970-01-01T00:00:00Z (RFC 7519 §2).
package enum NumericDate {
    /// The end of year 9999, so that no sum made with a claim overflows.
    private static let last: Int64 = 253_402_300_799

    /// Reads a number of seconds with or without a fraction, kept to milliseconds; `nil` for anything else, for moments
    /// before 1970 or after 9999, and for exponents.
    package static func read(_ value: JSONValue?) -> Instant? {
        guard case .number(let digits) = value else { return nil }
        if let seconds = Int64(digits) {
            return (0...last).contains(seconds) ? Instant(secondsSinceEpoch: seconds) : nil
        }
        let parts = digits.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard let whole = parts.first, let seconds = Int64(Substring(whole)), (0...last).contains(seconds) else {
            return nil
        }
        var milliseconds: Int64 = 0
        if parts.count == 2 {
            let fraction = Substring(parts[1])
            guard fraction.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            milliseconds = Int64((fraction + "000").prefix(3)) ?? 0
        }
        return Instant(millisecondsSinceEpoch: seconds * 1000 + milliseconds)
    }

    /// Whole seconds, rounded towards the past.
    package static func value(_ instant: Instant) -> JSONValue { .integer(instant.secondsSinceEpoch) }
}
