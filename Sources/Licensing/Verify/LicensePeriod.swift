import Primitives

/// All that signed data say about when a license holds.
struct LicensePeriod: Hashable, Sendable {
    let issuedAt: Instant
    let validFrom: CalendarDate
    /// The last valid day; `nil` when permanent.
    let validUntil: CalendarDate?
    /// `nbf` (RFC 7519 §4.1.5), where given.
    var notBefore: Instant?
    /// `exp` (RFC 7519 §4.1.4), the first moment after the end, where given.
    var expiresAt: Instant?
}
